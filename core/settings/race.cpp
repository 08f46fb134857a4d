#include "settings/race.h"

#include <algorithm>
#include <optional>

namespace stepwise {
namespace {

constexpr SamplerKind kReference = SamplerKind::kDpmPlusPlus3M;
constexpr int kReferenceSteps = 200;

// What is one sampler's alone is left out, and so is what makes its way random.
SampleSettings comparable(SampleSettings settings, SamplerKind sampler) {
  settings.sampler = sampler;
  if (settings.grid == GridKind::kModel) settings.grid = GridKind::kKarras;
  settings.left_out.clear();
  settings.options.timesteps.clear();
  settings.options.churn = 0;
  return settings;
}

// Their number rises with the steps.
std::optional<int> steps_for(SampleSettings settings, int evaluations) {
  settings.guidance = 1;
  for (settings.steps = 1; settings.steps <= evaluations; ++settings.steps) {
    const int found = evaluations_per_picture(settings);
    if (found == evaluations) return settings.steps;
    if (found > evaluations) break;
  }
  return std::nullopt;
}

}  // namespace

std::vector<SamplerKind> racers_for(const SampleSettings& settings, int evaluations) {
  std::vector<SamplerKind> all;
  for (const SamplerName& sampler : kSamplers)
    if (can_race(sampler) && steps_for(comparable(settings, sampler.kind), evaluations))
      all.push_back(sampler.kind);
  return all;
}

SampleSettings racing(SampleSettings settings, SamplerKind sampler, int evaluations) {
  kRaceEvaluations.check("The number of evaluations", evaluations);
  const SamplerName& name = name_of(sampler);
  require(can_race(name), name.label,
          " cannot race: it adds fresh noise, or follows no equation that has an exact end.");
  settings = comparable(settings, sampler);
  const auto steps = steps_for(settings, evaluations);
  require(steps.has_value(), name.label, " cannot come to just ", evaluations,
          " evaluations. Choose another number: to 13, 19, 25, 31, ... all samplers can come.");
  settings.steps = *steps;
  return settings;
}

SampleSettings race_reference(SampleSettings settings) {
  settings = comparable(settings, kReference);
  settings.steps = kReferenceSteps;
  return settings;
}

}  // namespace stepwise
