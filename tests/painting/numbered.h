// What tests of painting draw with.
#pragma once

#include <numbers>

#include "painting/shape.h"

namespace stepwise {

inline constexpr float kQuarter = std::numbers::pi_v<float> / 2;  // A right angle.

// 1, 2, 3, ... in rows.
inline Image counted(int height, int width, int channels = 1) {
  Image image(height, width, channels);
  for (std::size_t i = 0; i < image.pixels.size(); ++i) image.pixels[i] = float(i + 1);
  return image;
}

inline Polygon box(float left, float top, float right, float low) {
  return {{{left, top}, {right, top}, {right, low}, {left, low}}};
}

}  // namespace stepwise
