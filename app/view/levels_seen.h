// Where a painted picture looks cleaner or noisier than its step expects, in words and patches.
// Plain arithmetic; window thread only.
#pragma once

#include <vector>

#include "image/image.h"

namespace stepwise::app {

inline constexpr int kPatch = 4;              // Pixels a side.
inline constexpr float kTooClean = 0.7f;      // In units of sigma: what lies between these two
inline constexpr float kTooNoisy = 1 / 0.7f;  //   is as expected.

// So many pixels a side, or fewer at the edges: what it looks like, in units of sigma.
struct Patch {
  int y = 0, x = 0, height = 0, width = 0;
  float level = 1;

  bool too_clean() const { return level < kTooClean; }
  bool too_noisy() const { return level > kTooNoisy; }
};

// `levels`: of each pixel, in units of sigma. A patch is their geometric mean.
std::vector<Patch> patches_of(const Image& levels);

// The share of the patches that are so.
struct OffLevel {
  double too_clean = 0, too_noisy = 0;
};
OffLevel off_level(const std::vector<Patch>& patches);

}  // namespace stepwise::app
