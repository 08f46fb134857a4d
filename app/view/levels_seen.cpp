#include "view/levels_seen.h"

#include <algorithm>
#include <cmath>

namespace stepwise::app {
namespace {

constexpr float kLeast = 1e-4f;  // What looks cleaner than this looks so.

}  // namespace

std::vector<Patch> patches_of(const Image& levels) {
  std::vector<Patch> patches;
  for (int y = 0; y < levels.height; y += kPatch)
    for (int x = 0; x < levels.width; x += kPatch) {
      Patch patch{y, x, std::min(kPatch, levels.height - y), std::min(kPatch, levels.width - x)};
      double sum = 0;
      for (int j = 0; j < patch.height; ++j)
        for (int i = 0; i < patch.width; ++i)
          sum += std::log(std::max(kLeast, levels.at(y + j, x + i)));
      patch.level = float(std::exp(sum / (patch.height * patch.width)));
      patches.push_back(patch);
    }
  return patches;
}

OffLevel off_level(const std::vector<Patch>& patches) {
  const auto share = [&](bool (Patch::*off)() const) {
    const auto count = std::ranges::count_if(patches, off);
    return patches.empty() ? 0 : double(count) / double(patches.size());
  };
  return {share(&Patch::too_clean), share(&Patch::too_noisy)};
}

}  // namespace stepwise::app
