// Lines that people draw over the noise levels by hand. Plain values, no torch; any thread.
#pragma once

#include <vector>

#include "fields.h"
#include "range.h"

namespace stepwise {

// How much of something acts at a noise level: 0, nothing, to 1, all of it.
struct LevelShare {
  double sigma = 1;
  double share = 1;
  bool operator==(const LevelShare&) const = default;
};
STEPWISE_FIELDS(LevelShare, sigma, share)

inline constexpr Range<double> kLevelShare{0, 1};

// The line through points of rising sigma: straight in ln sigma between two of them, level beyond
// the first and the last. At least one point.
double share_at(const std::vector<LevelShare>& line, double sigma);

// The line through values at even distances from 0 to 1, at least two of them.
double along(const std::vector<double>& line, double position);

// Throws Error if sigma does not rise, or a value is out of its range.
void check_guidance_shape(const std::vector<LevelShare>& shape);
// Throws Error if the shares do not rise from 0 to 1.
void check_grid_shape(const std::vector<double>& shape);

}  // namespace stepwise
