#include "view/race.h"

#include <algorithm>
#include <cmath>

#include "settings/race.h"

namespace stepwise::app {
namespace {

constexpr int kRacePictures = 4;  // Or as many as it takes to have the one under the playhead.

}  // namespace

std::optional<Race> race_here(const View& view, const Desk& desk,
                              const std::vector<SamplerKind>& samplers, int evaluations) {
  const Branch* root = find_branch(view, root_of(view, desk.playhead.branch));
  if (!root || !find_model(view, root->start.model)) return std::nullopt;
  Race race{root->start.model, root->start.settings, root->start.conditions, {}, evaluations};
  // Noise is that of a picture's place in its batch: those before it come along.
  const int wanted = std::clamp(desk.playhead.picture + 1, kRacePictures, kRaceCount.max);
  const int count = std::min(int(race.conditions.size()), wanted);
  race.conditions.resize(std::size_t(count));
  race.settings.count = count;
  race.settings = heeded(race.settings, race.conditions);
  for (const SamplerKind sampler : racers_for(race.settings, evaluations))
    if (std::ranges::count(samplers, sampler) > 0) race.samplers.push_back(sampler);
  return race;
}

double distance_of(const RacerShown& racer) {
  return racer.distances.empty() ? NAN : double(racer.distances.back());
}

}  // namespace stepwise::app
