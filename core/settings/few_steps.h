// How pictures are drawn with networks that were tuned for few steps: a guess, noise on it, and
// another guess. Plain values; any thread.
#pragma once

#include <algorithm>

#include "settings/sample_settings.h"

namespace stepwise {

// The level of that noise, behind a guess at the level `first`: about the one at which the second
// step of Geng et al. 2024 begins.
inline double second_level(double first) { return std::min(0.8, first / 2); }

// From the largest sigma of the settings on.
inline void use_few_steps(SampleSettings& settings) {
  settings.sampler = SamplerKind::kConsistency;
  settings.steps = 2;
  settings.sigma_min = second_level(settings.sigma_max);
  settings.guidance = 1;
}

}  // namespace stepwise
