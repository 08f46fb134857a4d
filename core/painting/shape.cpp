#include "painting/shape.h"

#include <algorithm>
#include <cmath>

#include "error.h"

namespace stepwise {
namespace {

constexpr Range<float> kCorner{-1e6f, 1e6f};
constexpr std::size_t kMaxCorners = 4096;
constexpr int kSamples = 4;  // Of a pixel, along each side.

void check_point(const Point& point) {
  kCorner.check("A point of a shape", point.x);
  kCorner.check("A point of a shape", point.y);
}

bool inside(const std::vector<Point>& corners, float x, float y) {
  bool in = false;
  for (std::size_t i = 0, j = corners.size() - 1; i < corners.size(); j = i++) {
    const Point &a = corners[i], &b = corners[j];
    if ((a.y > y) != (b.y > y) && x < a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x)) in = !in;
  }
  return in;
}

struct Check {
  void operator()(const Stroke& s) const { check(s); }
  void operator()(const Polygon& p) const {
    require(p.corners.size() <= kMaxCorners, "An outline has ", p.corners.size(),
            " corners. Draw it with at most ", kMaxCorners, ".");
    for (const Point& corner : p.corners) check_point(corner);
  }
  void operator()(const Gradient& g) const { check_point(g.from), check_point(g.to); }
  void operator()(const Everywhere&) const {}
  void operator()(const Mask& m) const {
    require(m.coverage.channels == 1, "A mask has ", m.coverage.channels, " channels, not one.");
    require(
        m.coverage.pixels.size() == std::size_t(m.coverage.height) * std::size_t(m.coverage.width),
        "A mask of ", m.coverage.width, " x ", m.coverage.height, " pixels has ",
        m.coverage.pixels.size(), " values.");
    for (const float share : m.coverage.pixels)
      Range<float>{0, 1}.check("A pixel of a mask", share);
  }
};

struct Cover {
  int height, width;

  // The value of each pixel's centre.
  template <class Value>
  Image each(Value value) const {
    Image coverage(height, width, 1);
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) coverage.at(y, x) = value(float(x), float(y));
    return coverage;
  }

  Image operator()(const Stroke& s) const { return coverage_of(s, height, width); }
  Image operator()(const Polygon& p) const {
    if (p.corners.size() < 3) return Image(height, width, 1);
    return each([&](float x, float y) {
      int hits = 0;
      for (int i = 0; i < kSamples * kSamples; ++i)
        hits += inside(p.corners, x + (float(i % kSamples) + 0.5f) / kSamples,
                       y + (float(i / kSamples) + 0.5f) / kSamples);
      return float(hits) / (kSamples * kSamples);
    });
  }
  Image operator()(const Gradient& g) const {
    const float dx = g.to.x - g.from.x, dy = g.to.y - g.from.y, length2 = dx * dx + dy * dy;
    if (length2 == 0) return Image(height, width, 1, 1.f);
    return each([&](float x, float y) {
      const float along = ((x + 0.5f - g.from.x) * dx + (y + 0.5f - g.from.y) * dy) / length2;
      return 1 - std::clamp(along, 0.f, 1.f);
    });
  }
  Image operator()(const Everywhere&) const { return Image(height, width, 1, 1.f); }
  Image operator()(const Mask& m) const {
    require(m.coverage.height == height && m.coverage.width == width, "A mask of ",
            m.coverage.width, " x ", m.coverage.height, " pixels does not fit a picture of ", width,
            " x ", height, ".");
    return m.coverage;
  }
};

}  // namespace

void check(const Shape& shape) { std::visit(Check{}, shape); }

Image coverage_of(const Shape& shape, int height, int width) {
  return std::visit(Cover{height, width}, shape);
}

}  // namespace stepwise
