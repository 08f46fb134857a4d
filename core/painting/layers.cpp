#include <algorithm>

#include "painting/edit.h"
#include "painting/level_map.h"
#include "painting/shares.h"
#include "painting/smudge.h"

namespace stepwise {
namespace {

constexpr Range<float> kValue{-1e6f, 1e6f};

void check_color(const Color& color) {
  for (const float value : {color.red, color.green, color.blue})
    kValue.check("The value of a stroke", value);
}

// What is asked of a kind of layer beyond its shape.
struct CheckKind {
  const Shape& shape;

  void operator()(const Paint& paint) const { check_color(paint.color); }
  void operator()(const Wish& wish) const {
    check_color(wish.color);
    kCoarse.check("The squares of a sketch", wish.coarse);
    for (const float pixel : wish.sketch.pixels) kValue.check("A pixel of a sketch", pixel);
  }
  void operator()(const Stamp& stamp) const { check(stamp); }
  void operator()(const Smudge&) const {
    const auto* stroke = std::get_if<Stroke>(&shape);
    require(stroke, "A smudge goes along a stroke, and this layer has another shape.");
    check_smudge(*stroke);
  }
  void operator()(const Rewind& rewind) const { check(rewind); }
  void operator()(const Region& region) const { check(region); }
  void operator()(const auto&) const {}
};

bool acts_on(const LayerKind& what, Surface surface) {
  if (const auto* paint = std::get_if<Paint>(&what)) return paint->surface == surface;
  return surface == Surface::kGuess &&
         (std::holds_alternative<Stamp>(what) || std::holds_alternative<Smudge>(what));
}

// What a layer makes of the picture, on a surface that it acts on.
struct PaintOver {
  const Image& picture;
  const Image& original;
  const Layer& layer;

  Image covered() const { return coverage_of(layer, picture.height, picture.width); }
  Image operator()(const Paint& paint) const { return painted(picture, covered(), paint.color); }
  Image operator()(const Stamp& stamp) const { return stamped(picture, covered(), stamp); }
  Image operator()(const Smudge&) const {
    const auto* stroke = std::get_if<Stroke>(&layer.shape);
    return stroke ? smudged(picture, *stroke, layer.strength) : picture;
  }
  Image operator()(const Erase&) const { return painted(picture, covered(), original); }
  Image operator()(const auto&) const { return picture; }
};

}  // namespace

void check(const Layers& layers) {
  for (const Layer& layer : layers) {
    check(layer.shape);
    Range<float>{0, 1}.check("The strength of a layer", layer.strength);
    std::visit(CheckKind{layer.shape}, layer.what);
  }
}

void check(const Edit& edit) {
  check(edit.layers);
  kRounds.check("The number of rounds", edit.fill.rounds);
}

Image coverage_of(const Layer& layer, int height, int width) {
  Image coverage = coverage_of(layer.shape, height, width);
  if (layer.strength != 1)
    for (float& share : coverage.pixels) share *= layer.strength;
  return coverage;
}

bool paints_on(const Layers& layers, Surface surface) {
  return std::ranges::any_of(
      layers, [&](const Layer& layer) { return !layer.hidden && acts_on(layer.what, surface); });
}

Image painted(Image picture, const Image& original, const Layer& layer, Surface surface) {
  const bool erases = std::holds_alternative<Erase>(layer.what);
  if (layer.hidden || !(erases || acts_on(layer.what, surface))) return picture;
  return std::visit(PaintOver{picture, original, layer}, layer.what);
}

Image painted(const Image& original, const Layers& layers, Surface surface) {
  Image picture = original;
  for (const Layer& layer : layers) picture = painted(std::move(picture), original, layer, surface);
  return picture;
}

Image locked_by(const Layers& layers, int height, int width) {
  Image mask;
  for (const Layer& layer : layers) {
    const bool locks = std::holds_alternative<Lock>(layer.what);
    if (layer.hidden || !(locks || std::holds_alternative<Erase>(layer.what))) continue;
    if (locks && mask.empty()) mask = Image(height, width, 1);
    if (mask.empty()) continue;
    mask = painted(mask, coverage_of(layer, height, width), locks ? 1.f : 0.f);
  }
  return mask;
}

}  // namespace stepwise
