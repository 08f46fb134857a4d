#include "painting/stroke.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace stepwise {
namespace {

constexpr Range<float> kStrokePlace{-1e6f, 1e6f};

float distance_to_segment(float px, float py, float ax, float ay, float bx, float by) {
  const float dx = bx - ax, dy = by - ay;
  const float length2 = dx * dx + dy * dy;
  const float t =
      length2 > 0 ? std::clamp(((px - ax) * dx + (py - ay) * dy) / length2, 0.f, 1.f) : 0.f;
  return std::hypot(px - ax - t * dx, py - ay - t * dy);
}

// Raises the coverage of the pixels near the line from `a` to `b`.
void cover(Image& coverage, Point a, Point b, float size, float softness) {
  const float reach = size / 2 + 1;
  const auto first = [&](float from, float to) {
    return std::max(0, int(std::floor(std::min(from, to) - reach)));
  };
  const auto last = [&](float from, float to, int end) {
    return std::min(end - 1, int(std::ceil(std::max(from, to) + reach)));
  };
  const int last_y = last(a.y, b.y, coverage.height), last_x = last(a.x, b.x, coverage.width);
  for (int y = first(a.y, b.y); y <= last_y; ++y) {
    for (int x = first(a.x, b.x); x <= last_x; ++x) {
      const float d = distance_to_segment(float(x) + 0.5f, float(y) + 0.5f, a.x, a.y, b.x, b.y);
      float& covered = coverage.at(y, x);
      covered = std::max(covered, brush_coverage(d, size, softness));
    }
  }
}

template <class Target>
Image blend(const Image& base, const Image& coverage, Target target) {
  assert(coverage.height == base.height && coverage.width == base.width);
  Image out = base;
  for (std::size_t i = 0; i < out.pixels.size(); ++i) {
    const float a = coverage.pixels[i / std::size_t(base.channels)];
    float& pixel = out.pixels[i];
    pixel = a == 1 ? target(i) : pixel + a * (target(i) - pixel);  // Exactly, where fully covered.
  }
  return out;
}

}  // namespace

float brush_coverage(float distance, float size, float softness) {
  const float radius = size / 2;
  const float fade = std::max(1.f, softness * radius);
  return std::clamp((radius + 0.5f - distance) / fade, 0.f, 1.f);
}

void check(const Stroke& stroke) {
  kStrokeSize.check("The size of a brush", stroke.size);
  Range<float>{0, 1}.check("The softness of a brush", stroke.softness);
  for (const auto& [x, y] : stroke.path) {
    kStrokePlace.check("A point of a stroke", x);
    kStrokePlace.check("A point of a stroke", y);
  }
}

Image coverage_of(const Stroke& stroke, int height, int width) {
  Image coverage(height, width, 1);
  for (std::size_t i = 0; i < stroke.path.size(); ++i)
    cover(coverage, stroke.path[i > 0 ? i - 1 : 0], stroke.path[i], stroke.size, stroke.softness);
  return coverage;
}

Image painted(const Image& base, const Image& coverage, const Color& color) {
  return blend(base, coverage, [&](std::size_t i) {
    return color.in(int(i % std::size_t(base.channels)), base.channels);
  });
}

Image painted(const Image& base, const Image& coverage, const Image& target) {
  assert(target.pixels.size() == base.pixels.size());
  return blend(base, coverage, [&](std::size_t i) { return target.pixels[i]; });
}

}  // namespace stepwise
