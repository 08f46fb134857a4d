#include "view/compare.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "view/live.h"
#include "view/trees.h"

namespace stepwise::app {
namespace {

constexpr int kMostSteps = 32, kMostAcross = 32;  // That are looked at.
constexpr double kDataRange = 2;                  // From -1 to 1.

bool same_size(const Picture& a, const Picture& b) {
  return a && b && a.height() == b.height() && a.width() == b.width() &&
         a.channels() == b.channels();
}

// The mean of a number of each value of a picture, or of many that are evenly spread over it.
template <class NumberAt>
double mean_over(const Picture& picture, NumberAt number_at) {
  const int down = 1 + (picture.height() - 1) / kMostAcross;
  const int across = 1 + (picture.width() - 1) / kMostAcross;
  double sum = 0;
  int count = 0;
  for (int y = 0; y < picture.height(); y += down)
    for (int x = 0; x < picture.width(); x += across)
      for (int c = 0; c < picture.channels(); ++c, ++count) sum += number_at(y, x, c);
  return sum / count;
}

// At the level of a step of `here`, in another branch.
std::optional<Place> place_in(const View& view, const Branch& here, int step, BranchId other,
                              int picture) {
  const Branch* branch = find_branch(view, other);
  if (!branch) return std::nullopt;
  const double sigma = here.start.sigmas[std::size_t(std::clamp(step, 0, here.steps()))];
  const Place place{other, nearest_step(*branch, sigma), picture};
  if (!lookup(view, place.branch, place.step, place.picture)) return std::nullopt;
  return place;
}

std::optional<Other> chosen_here(const View& view, const Desk& desk, const Branch& here) {
  const auto& [branch, picture] = std::pair(desk.compare.chosen, desk.compare.picture);
  if (branch < 0 || is_chosen_other(desk, desk.playhead) || !is_there(view, desk, branch))
    return std::nullopt;
  const auto place = place_in(view, here, desk.playhead.step, branch, picture);
  if (!place) return std::nullopt;
  const Branch& other = *find_branch(view, branch);
  std::string words = branch_name(view, desk, other);
  if (other.start.pictures.size() > 1) words += text_of(", picture ", picture + 1);
  return Other{Other::Kind::kChosen, *place, std::move(words)};
}

std::optional<Other> parent_here(const View& view, const Desk& desk, const Branch& here) {
  const Branch* parent = find_branch(view, here.start.parent);
  const Playhead& at = desk.playhead;
  if (!parent || at.step < here.start.fork) return std::nullopt;
  const auto place = place_in(view, here, at.step, parent->start.id, at.picture);
  if (!place) return std::nullopt;
  return Other{Other::Kind::kParent, *place, branch_name(view, desk, *parent), here.start.fork};
}

}  // namespace

std::optional<Other> other_here(const View& view, const Desk& desk) {
  const Branch* here = find_branch(view, desk.playhead.branch);
  if (!here) return std::nullopt;
  if (auto chosen = chosen_here(view, desk, *here)) return chosen;
  if (const auto place = place_before(view, desk))
    return Other{Other::Kind::kBefore, *place, words_before(view, desk)};
  return parent_here(view, desk, *here);
}

void choose_other(Desk& desk) {
  const Playhead& at = desk.playhead;
  desk.compare.chosen = is_chosen_other(desk, at) ? -1 : at.branch;
  desk.compare.picture = at.picture;
}

bool is_chosen_other(const Desk& desk, const Playhead& at) {
  const auto& [branch, picture] = std::pair(desk.compare.chosen, desk.compare.picture);
  return branch >= 0 && branch == at.branch && picture == at.picture;
}

double share_apart(const Picture& a, const Picture& b) {
  if (!same_size(a, b)) return NAN;
  return mean_over(a,
                   [&](int y, int x, int c) { return std::abs(a.at(y, x, c) - b.at(y, x, c)); }) /
         kDataRange;
}

double rms_apart(const Picture& a, const Picture& b) {
  if (!a || (b && !same_size(a, b))) return NAN;
  return std::sqrt(mean_over(a, [&](int y, int x, int c) {
    const double apart = a.at(y, x, c) - (b ? b.at(y, x, c) : 0);
    return apart * apart;
  }));
}

Apart apart_from(const View& view, const Desk& desk, const Other& other) {
  Apart apart;
  const Branch* here = find_branch(view, desk.playhead.branch);
  if (!here) return apart;
  const int first = other.since, last = here->newest;
  const int stride = 1 + std::max(0, last - first) / kMostSteps;
  for (int step = first; step <= last; step += stride) {
    const auto place = place_in(view, *here, step, other.place.branch, other.place.picture);
    if (!place) continue;
    const double share =
        share_apart(lookup(view, here->start.id, step, desk.playhead.picture).guess,
                    lookup(view, place->branch, place->step, place->picture).guess);
    if (std::isnan(share)) continue;
    apart.steps.push_back(step);
    apart.shares.push_back(float(share));
  }
  return apart;
}

Drift drift_between(const Picture& here, const Picture& there, const Layers& layers) {
  if (!same_size(here, there)) return {NAN, NAN};
  Image mask(here.height(), here.width(), 1);
  for (const Layer& layer : layers) {
    if (layer.hidden) continue;
    const Image covered = coverage_of(layer, mask.height, mask.width);
    std::ranges::transform(mask.pixels, covered.pixels, mask.pixels.begin(),
                           [](float a, float b) { return std::max(a, b); });
  }
  double inside = 0, outside = 0, covered = 0;
  for (int y = 0; y < mask.height; ++y)
    for (int x = 0; x < mask.width; ++x) {
      double brighter = 0;
      for (int c = 0; c < here.channels(); ++c)
        brighter += (here.at(y, x, c) - there.at(y, x, c)) / here.channels() / kDataRange;
      inside += mask.at(y, x) * brighter;
      outside += (1 - mask.at(y, x)) * brighter;
      covered += mask.at(y, x);
    }
  const double free = double(mask.pixels.size()) - covered;
  return {covered > 0 ? inside / covered : NAN, free > 0 ? outside / free : NAN};
}

}  // namespace stepwise::app
