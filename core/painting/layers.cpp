#include <algorithm>

#include "painting/edit.h"

namespace stepwise {
namespace {

constexpr Range<float> kValue{-1e6f, 1e6f};

}  // namespace

void check(const Layers& layers) {
  for (const Layer& layer : layers) {
    check(layer.shape);
    const auto* paint = std::get_if<Paint>(&layer.what);
    if (!paint) continue;
    for (const float value : {paint->color.red, paint->color.green, paint->color.blue})
      kValue.check("The value of a stroke", value);
  }
}

bool paints_on(const Layers& layers, Surface surface) {
  return std::ranges::any_of(layers, [&](const Layer& layer) {
    const auto* paint = std::get_if<Paint>(&layer.what);
    return !layer.hidden && paint && paint->surface == surface;
  });
}

Image painted(const Image& original, const Layers& layers, Surface surface) {
  Image picture = original;
  for (const auto& [shape, what, hidden] : layers) {
    const auto* paint = std::get_if<Paint>(&what);
    const bool erases = std::holds_alternative<Erase>(what);
    if (hidden || !(erases || (paint && paint->surface == surface))) continue;
    const Image coverage = coverage_of(shape, original.height, original.width);
    picture =
        paint ? painted(picture, coverage, paint->color) : painted(picture, coverage, original);
  }
  return picture;
}

Image locked_by(const Layers& layers, int height, int width) {
  Image mask;
  for (const auto& [shape, what, hidden] : layers) {
    const bool locks = std::holds_alternative<Lock>(what);
    if (hidden || !(locks || std::holds_alternative<Erase>(what))) continue;
    if (locks && mask.empty()) mask = Image(height, width, 1);
    if (mask.empty()) continue;
    mask = painted(mask, coverage_of(shape, height, width), locks ? 1.f : 0.f);
  }
  return mask;
}

}  // namespace stepwise
