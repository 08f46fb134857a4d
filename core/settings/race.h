// What makes a race of samplers fair: those that follow the same equation, each with as many steps
// as cost the same number of evaluations of D. (Where a class is guided towards, the network runs
// twice for each, of all alike.) Plain values, no torch; any thread.
#pragma once

#include <vector>

#include "settings/sample_settings.h"

namespace stepwise {

inline constexpr Range<int> kRaceEvaluations{1, 1000};  // Of one picture.
inline constexpr Range<int> kRaceCount{1, 100};         // Pictures.

// Without fresh noise there is one way that all of them come nearer to with more steps.
constexpr bool can_race(const SamplerName& sampler) {
  return sampler.fresh == FreshNoise::kNone && sampler.order > 0;
}

// All that can come to just so many evaluations.
std::vector<SamplerKind> racers_for(const SampleSettings& settings, int evaluations);

// The settings as that sampler races with them: so many steps that D is evaluated just so often for
// a picture, on a grid that does not depend on a scheduler's own steps. Throws Error for a sampler
// that cannot race, and for a number that it cannot come to.
SampleSettings racing(SampleSettings settings, SamplerKind sampler, int evaluations);

// A long run, whose end counts as that of the exact way.
SampleSettings race_reference(SampleSettings settings);

}  // namespace stepwise
