// How panels put pictures on screen without knowing what draws them: the window uploads textures
// and colors them in a shader, tests write down what was asked for. Window thread only.
#pragma once

#include <imgui.h>

#include "widgets/picture.h"

namespace stepwise::app {

// What to show: pixels scale * (plus - minus), or scale * plus where there is no `minus`. With
// `edited`, pixels of `plus` that differ from `minus` are outlined and nothing is subtracted.
struct Shown {
  Picture plus = {}, minus = {};
  float scale = 1;
  // Below 0 blue, 0 nearly white on light and dark alike, above 0 red; else -1 black, 0 grey, 1
  // white, and colors as they are.
  bool diverging = false;
  bool edited = false;
  bool grid = false;  // Thin lines between the pixels.
  float range = 1;    // The value at the ends of the color scale.

  explicit operator bool() const { return bool(plus); }
  // The number shown at a pixel.
  float value(int y, int x, int c = 0) const {
    const float v = plus.at(y, x, c);
    return scale * (minus && !edited ? v - minus.at(y, x, c) : v);
  }
};

class PictureRenderer {
 public:
  virtual ~PictureRenderer() = default;

  // Draws into the rectangle [min, max] of the screen, one flat square per pixel. Calls for
  // pictures of one batch in a row are cheap.
  virtual void draw(ImDrawList& list, const Shown& shown, ImVec2 min, ImVec2 max) = 0;
};

// The picture, or a field of that color where there is none.
void draw_or_blank(ImDrawList& list, PictureRenderer& pictures, const Shown& shown, ImVec2 min,
                   ImVec2 max, ImU32 blank);

}  // namespace stepwise::app
