#include "view/compare.h"

#include <algorithm>
#include <cmath>

#include "view/live.h"
#include "view/trees.h"

namespace stepwise::app {
namespace {

constexpr int kMostSteps = 32, kMostAcross = 32;  // That are looked at.
constexpr double kDataRange = 2;                  // From -1 to 1.

// The same picture and noise level in another branch.
std::optional<Place> place_in(const View& view, const Branch& here, int step, int picture,
                              BranchId other) {
  const Branch* branch = find_branch(view, other);
  if (!branch) return std::nullopt;
  const double sigma = here.start.sigmas[std::size_t(std::clamp(step, 0, here.steps()))];
  const Place place{other, nearest_step(*branch, sigma), picture};
  if (!lookup(view, place.branch, place.step, place.picture)) return std::nullopt;
  return place;
}

}  // namespace

std::optional<Other> other_here(const View& view, const Desk& desk) {
  if (const auto place = place_before(view, desk))
    return Other{*place, "Before", words_before(view, desk), true};
  const auto& [id, step, picture] =
      Place{desk.playhead.branch, desk.playhead.step, desk.playhead.picture};
  const Branch* here = find_branch(view, id);
  const Branch* parent = here ? find_branch(view, here->start.parent) : nullptr;
  if (!parent || step < here->start.fork) return std::nullopt;
  const auto place = place_in(view, *here, step, picture, parent->start.id);
  if (!place) return std::nullopt;
  return Other{*place, "Parent", branch_name(view, desk, *parent)};
}

double share_apart(const Picture& a, const Picture& b) {
  if (!a || !b || a.height() != b.height() || a.width() != b.width()) return NAN;
  const int down = 1 + (a.height() - 1) / kMostAcross, across = 1 + (a.width() - 1) / kMostAcross;
  const int channels = std::min(a.channels(), b.channels());
  double sum = 0;
  int count = 0;
  for (int y = 0; y < a.height(); y += down)
    for (int x = 0; x < a.width(); x += across)
      for (int c = 0; c < channels; ++c, ++count) sum += std::abs(a.at(y, x, c) - b.at(y, x, c));
  return sum / count / kDataRange;
}

Apart apart_from(const View& view, const Desk& desk, BranchId other) {
  Apart apart;
  const Branch* here = find_branch(view, desk.playhead.branch);
  if (!here) return apart;
  const int first = here->start.fork, last = here->newest;
  const int stride = 1 + std::max(0, last - first) / kMostSteps;
  for (int step = first; step <= last; step += stride) {
    const auto place = place_in(view, *here, step, desk.playhead.picture, other);
    if (!place) continue;
    const double share =
        share_apart(lookup(view, here->start.id, step, desk.playhead.picture).guess,
                    lookup(view, place->branch, place->step, place->picture).guess);
    apart.steps.push_back(step);
    apart.shares.push_back(float(share));
  }
  return apart;
}

}  // namespace stepwise::app
