// What a brush does to pixels: plain arithmetic on pictures, positions in pixels from the picture's
// top left corner (pixel (x, y) covers [x, x + 1) x [y, y + 1)). Any thread.
#pragma once

#include "image/image.h"

namespace stepwise {

// How much a round brush of this diameter covers a pixel whose centre is `distance` away: 1 inside,
// falling linearly to 0 over one pixel or the soft share of the radius, whichever is wider, with
// its outer end half a pixel beyond the radius.
float brush_coverage(float distance, float size, float softness);

// One stroke: how much of each pixel it has covered so far, 0 to 1. Coverage is the most that any
// point of the path gives, so neither going slowly nor going over a place twice changes what one
// stroke does.
struct Stroke {
  Image coverage;  // One channel.
  float x = 0, y = 0;

  Stroke(int height, int width, float x, float y);
  // Goes on in a straight line to (x, y).
  void line_to(float to_x, float to_y, float size, float softness);
};

// base + coverage * (value - base), in all channels.
Image painted(const Image& base, const Image& coverage, float value);
// The same with a picture in place of the value: base + coverage * (target - base).
Image painted(const Image& base, const Image& coverage, const Image& target);

}  // namespace stepwise
