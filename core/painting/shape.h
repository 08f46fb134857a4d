// Where a layer acts, as plain values: positions in pixels from the picture's top left corner. Any
// thread.
#pragma once

#include <variant>
#include <vector>

#include "fields.h"
#include "image/image.h"
#include "painting/stroke.h"

namespace stepwise {

// The inside of a closed line, by the even-odd rule: a rectangle, a lasso. It has no soft edge: a
// pixel is covered by the share of it that lies inside.
struct Polygon {
  std::vector<Point> corners;
  bool operator==(const Polygon&) const = default;
};
STEPWISE_FIELDS(Polygon, corners)

// All of the picture: fully at `from` and behind it, falling linearly to nothing at `to`.
struct Gradient {
  Point from, to;
  bool operator==(const Gradient&) const = default;
};
STEPWISE_FIELDS(Gradient, from, to)

// All of the picture.
struct Everywhere {
  bool operator==(const Everywhere&) const = default;
};
STEPWISE_FIELDS(Everywhere)

// What somebody else has found: one channel, 0 to 1, of the picture's size.
struct Mask {
  Image coverage;
  bool operator==(const Mask&) const = default;
};
STEPWISE_FIELDS(Mask, coverage)

using Shape = std::variant<Stroke, Polygon, Gradient, Everywhere, Mask>;

// Throws Error if a number is out of range or none.
void check(const Shape& shape);

// How much of each pixel it covers, 0 to 1: one channel. Throws Error for a mask of another size.
Image coverage_of(const Shape& shape, int height, int width);

}  // namespace stepwise
