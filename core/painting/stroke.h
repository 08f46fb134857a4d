// What a brush does to pixels: plain arithmetic on pictures, positions in pixels from the picture's
// top left corner (pixel (x, y) covers [x, x + 1) x [y, y + 1)). Any thread.
#pragma once

#include <vector>

#include "fields.h"
#include "image/image.h"
#include "painting/color.h"
#include "range.h"

namespace stepwise {

struct Point {
  float x = 0, y = 0;
  bool operator==(const Point&) const = default;
};
STEPWISE_FIELDS(Point, x, y)

inline constexpr Range<float> kStrokeSize{0, 1e6f};

// A round brush drawn along straight lines from point to point. It stays a path, small and exact,
// until a picture is made of it.
struct Stroke {
  std::vector<Point> path;
  float size = 1;      // Diameter.
  float softness = 0;  // Share of the radius over which it fades.
  bool operator==(const Stroke&) const = default;
};
STEPWISE_FIELDS(Stroke, path, size, softness)

// Throws Error if a number is out of range.
void check(const Stroke& stroke);

// How much a round brush of this diameter covers a pixel whose centre is `distance` away: 1 inside,
// falling linearly to 0 over one pixel or the soft share of the radius, whichever is wider, with
// its outer end half a pixel beyond the radius.
float brush_coverage(float distance, float size, float softness);

// How much of each pixel a stroke covers, 0 to 1: one channel. Coverage is the most that any point
// of the path gives, so neither going slowly nor going over a place twice changes what one stroke
// does.
Image coverage_of(const Stroke& stroke, int height, int width);

// base + coverage * (color - base).
Image painted(const Image& base, const Image& coverage, const Color& color);
// The same with a picture in place of the color: base + coverage * (target - base).
Image painted(const Image& base, const Image& coverage, const Image& target);

}  // namespace stepwise
