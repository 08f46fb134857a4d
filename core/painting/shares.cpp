#include "painting/shares.h"

#include <algorithm>

namespace stepwise {
namespace {

Image& share_of(std::vector<Share>& shares, const Condition& condition, int height, int width) {
  const auto found = std::ranges::find(shares, condition, &Share::condition);
  if (found != shares.end()) return found->of;
  return shares.emplace_back(Share{condition, Image(height, width, 1)}).of;
}

bool is_none(const Share& share) {
  return std::ranges::all_of(share.of.pixels, [](float part) { return part == 0; });
}

}  // namespace

void check(const Region& region) {
  kRegionStrength.check("The strength of a region", region.strength);
}

std::vector<Share> shares_by(const Layers& layers, const Condition& own, int height, int width) {
  const auto is_region = [](const Layer& layer) {
    return !layer.hidden && std::holds_alternative<Region>(layer.what);
  };
  if (std::ranges::none_of(layers, is_region)) return {};
  std::vector<Share> shares{{own, Image(height, width, 1, 1.f)}};
  for (const Layer& layer : layers) {
    const bool erases = !layer.hidden && std::holds_alternative<Erase>(layer.what);
    if (!erases && !is_region(layer)) continue;
    const Region region = erases ? Region{own} : std::get<Region>(layer.what);
    Image part = coverage_of(layer, height, width);
    for (float& share : part.pixels) share *= region.strength;
    share_of(shares, region.condition, height, width);
    for (Share& share : shares)
      share.of = painted(share.of, part, Color(share.condition == region.condition ? 1.f : 0.f));
  }
  std::erase_if(shares, is_none);
  return shares;
}

}  // namespace stepwise
