#include "widgets/brush.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace stepwise {
namespace {

float distance_to_segment(float px, float py, float ax, float ay, float bx, float by) {
  const float dx = bx - ax, dy = by - ay;
  const float length2 = dx * dx + dy * dy;
  const float t =
      length2 > 0 ? std::clamp(((px - ax) * dx + (py - ay) * dy) / length2, 0.f, 1.f) : 0.f;
  return std::hypot(px - ax - t * dx, py - ay - t * dy);
}

template <class Target>
Image blend(const Image& base, const Image& coverage, Target target) {
  assert(coverage.height == base.height && coverage.width == base.width);
  Image out = base;
  for (std::size_t i = 0; i < out.pixels.size(); ++i) {
    const float a = coverage.pixels[i / std::size_t(base.channels)];
    float& pixel = out.pixels[i];
    pixel = a < 1 ? pixel + a * (target(i) - pixel) : target(i);  // Exactly, where fully covered.
  }
  return out;
}

}  // namespace

float brush_coverage(float distance, float size, float softness) {
  const float radius = size / 2;
  const float fade = std::max(1.f, softness * radius);
  return std::clamp((radius + 0.5f - distance) / fade, 0.f, 1.f);
}

Stroke::Stroke(int height, int width, float x_, float y_)
    : coverage(height, width, 1), x(x_), y(y_) {}

void Stroke::line_to(float to_x, float to_y, float size, float softness) {
  const float reach = size / 2 + 1;
  const int first_row = std::max(0, int(std::floor(std::min(y, to_y) - reach)));
  const int last_row = std::min(coverage.height - 1, int(std::ceil(std::max(y, to_y) + reach)));
  const int first = std::max(0, int(std::floor(std::min(x, to_x) - reach)));
  const int last = std::min(coverage.width - 1, int(std::ceil(std::max(x, to_x) + reach)));
  for (int row = first_row; row <= last_row; ++row) {
    for (int column = first; column <= last; ++column) {
      const float d =
          distance_to_segment(float(column) + 0.5f, float(row) + 0.5f, x, y, to_x, to_y);
      float& covered = coverage.at(row, column);
      covered = std::max(covered, brush_coverage(d, size, softness));
    }
  }
  x = to_x;
  y = to_y;
}

Image painted(const Image& base, const Image& coverage, float value) {
  return blend(base, coverage, [value](std::size_t) { return value; });
}

Image painted(const Image& base, const Image& coverage, const Image& target) {
  assert(target.pixels.size() == base.pixels.size());
  return blend(base, coverage, [&](std::size_t i) { return target.pixels[i]; });
}

}  // namespace stepwise
