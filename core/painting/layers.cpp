#include <algorithm>

#include "painting/edit.h"

namespace stepwise {
namespace {

constexpr Range<float> kValue{-1e6f, 1e6f};

}  // namespace

void check(const Layers& layers) {
  for (const auto& [stroke, what] : layers) {
    check(stroke);
    if (const auto* paint = std::get_if<Paint>(&what))
      kValue.check("The value of a stroke", paint->value);
  }
}

bool paints_on(const Layers& layers, Surface surface) {
  return std::ranges::any_of(layers, [&](const Layer& layer) {
    const auto* paint = std::get_if<Paint>(&layer.what);
    return paint && paint->surface == surface;
  });
}

Image painted(const Image& original, const Layers& layers, Surface surface) {
  Image picture = original;
  for (const auto& [stroke, what] : layers) {
    const auto* paint = std::get_if<Paint>(&what);
    if (std::holds_alternative<Lock>(what) || (paint && paint->surface != surface)) continue;
    const Image coverage = coverage_of(stroke, original.height, original.width);
    picture =
        paint ? painted(picture, coverage, paint->value) : painted(picture, coverage, original);
  }
  return picture;
}

Image locked_by(const Layers& layers, int height, int width) {
  Image mask;
  for (const auto& [stroke, what] : layers) {
    const bool locks = std::holds_alternative<Lock>(what);
    if (locks && mask.empty()) mask = Image(height, width, 1);
    if (mask.empty() || std::holds_alternative<Paint>(what)) continue;
    mask = painted(mask, coverage_of(stroke, height, width), locks ? 1.f : 0.f);
  }
  return mask;
}

}  // namespace stepwise
