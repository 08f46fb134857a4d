// A colour in data units, [-1, 1]. Any thread.
#pragma once

#include "fields.h"

namespace stepwise {

struct Color {
  float red = 0, green = 0, blue = 0;

  Color() = default;
  constexpr Color(float grey) : red(grey), green(grey), blue(grey) {}
  constexpr Color(float r, float g, float b) : red(r), green(g), blue(b) {}

  // What a picture of so many channels has of it: its mean in grey ones.
  constexpr float in(int channel, int channels) const {
    if (channels == 1) return (red + green + blue) / 3;
    return channel == 0 ? red : channel == 1 ? green : blue;
  }
  bool operator==(const Color&) const = default;
};
STEPWISE_FIELDS(Color, red, green, blue)

}  // namespace stepwise
