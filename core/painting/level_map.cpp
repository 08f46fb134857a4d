#include "painting/level_map.h"

#include <algorithm>
#include <cmath>

#include "settings/sample_settings.h"

namespace stepwise {
namespace {

constexpr double kSame = 1e-4;  // Shares of a level.
constexpr double kFine = 0.01;  // From here down to 0 the parts of the ruler are differences.

float on_ruler(double sigma) { return float(std::log1p(sigma / kFine)); }
float from_ruler(float at) { return float(kFine * std::expm1(double(at))); }

}  // namespace

void check(const Rewind& rewind) { kSigma.check("The noise level to go back to", rewind.sigma); }

bool rewinds(const Layers& layers) {
  return std::ranges::any_of(layers, [](const Layer& layer) {
    return !layer.hidden && std::holds_alternative<Rewind>(layer.what);
  });
}

Image levels_by(const Layers& layers, int height, int width) {
  Image map;
  for (const Layer& layer : layers) {
    const auto* rewind = std::get_if<Rewind>(&layer.what);
    if (layer.hidden || !(rewind || std::holds_alternative<Erase>(layer.what))) continue;
    if (rewind && map.empty()) map = Image(height, width, 1);
    if (map.empty()) continue;
    const float level = rewind ? on_ruler(rewind->sigma) : 0;
    map = painted(map, coverage_of(layer, height, width), Color(level));
  }
  for (float& level : map.pixels) level = from_ruler(level);
  return map;
}

int step_back(std::span<const double> sigmas, double level, int now) {
  int step = now;
  while (step > 0 && sigmas[std::size_t(step)] < level * (1 - kSame)) --step;
  return step;
}

}  // namespace stepwise
