// A straight stroke of the brush over a picture, and the pixels it should and should not change.
// Any thread.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "end_to_end/x_display.h"
#include "image/image.h"

namespace stepwise {

// From the middle of one pixel of the picture to that of another.
struct Stroke {
  Point from, to;
  double size = 3;  // The brush's diameter.

  double distance(int x, int y) const {
    const double dx = to.x - from.x, dy = to.y - from.y, length = dx * dx + dy * dy;
    const double along = length > 0 ? ((x - from.x) * dx + (y - from.y) * dy) / length : 0;
    const double t = std::clamp(along, 0., 1.);
    return std::hypot(x - from.x - t * dx, y - from.y - t * dy);
  }
  // The edge of the brush fades, so some pixels are neither.
  bool covers(int x, int y) const { return distance(x, y) <= size / 2 - 1; }
  bool spares(int x, int y) const { return distance(x, y) >= size / 2 + 1; }
};

// The greys of the pixels that `chosen` picks.
template <class Chosen>
std::vector<int> greys_where(const ByteImage& picture, Chosen chosen) {
  std::vector<int> greys;
  for (int y = 0; y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x)
      if (chosen(x, y)) greys.push_back(picture.at(y, x));
  return greys;
}

inline std::vector<int> covered(const ByteImage& picture, const Stroke& stroke) {
  return greys_where(picture, [&](int x, int y) { return stroke.covers(x, y); });
}

inline std::vector<int> spared(const ByteImage& picture, const Stroke& stroke) {
  return greys_where(picture, [&](int x, int y) { return stroke.spares(x, y); });
}

}  // namespace stepwise
