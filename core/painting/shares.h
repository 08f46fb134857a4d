// How the conditions of regions share a picture (see Region). Any thread.
#pragma once

#include <vector>

#include "painting/edit.h"

namespace stepwise {

// 1: the guess is that of the region's condition; more: away from what it would be without.
inline constexpr Range<float> kRegionStrength{0, 3};

// Throws Error if its strength is out of range.
void check(const Region& region);

struct Share {
  Condition condition;
  Image of;  // The guess at each pixel: one channel.
};

// D = sum of share * D_condition, for a picture of this condition under these layers: a region adds
// coverage * strength * (D_region - D) to what was there before it, so that all shares of a pixel
// sum to 1. One share for each condition that has any; none where there are no regions.
std::vector<Share> shares_by(const Layers& layers, const Condition& own, int height, int width);

}  // namespace stepwise
