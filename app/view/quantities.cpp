#include "view/quantities.h"

#include <cmath>

namespace stepwise::app {
namespace {

constexpr float kNoiseRange = 2.5f;  // Standard deviations at the ends of the color scale.
constexpr float kChangeRange = 0.5f;
constexpr float kLossRange = 1;  // Of what another degradation than noise took away.

// The pictures of a step.
struct Images {
  Picture noisy = {}, denoised = {};  // In full, as far as they have come,
  double sigma = 0;                   //   and of which level.
  bool noise = true;                  // What makes them worse.
  Picture guess = {}, before = {};    // To look at, and of the step before.
};

Shown shown_of(const Images& images, Quantity quantity) {
  const auto& [noisy, denoised, sigma, noise, guess, before] = images;
  switch (quantity) {
    case Quantity::kNoisy:
      return {.plus = noisy, .range = noise ? noisy_range(sigma) : 1};
    case Quantity::kNoise:
      return {.plus = noisy,
              .minus = denoised,
              .scale = !noise      ? 1
                       : sigma > 0 ? float(1 / sigma)
                                   : 0,
              .diverging = true,
              .range = noise ? kNoiseRange : kLossRange};
    case Quantity::kChange:
      return {.plus = guess, .minus = before, .diverging = true, .range = kChangeRange};
    default:
      return {.plus = guess};
  }
}

Shown edited(const Picture& painted, const Picture& original, float range) {
  return {.plus = painted, .minus = original, .edited = true, .range = range};
}

bool is_noise(const View& view, BranchId branch) {
  const Branch* of = find_branch(view, branch);
  return !of || !has_severity(of->start.degradation);
}

}  // namespace

float noisy_range(const View& view, BranchId branch, double sigma) {
  return is_noise(view, branch) ? noisy_range(sigma) : 1;
}

float noisy_range(double sigma) { return float(std::sqrt(1 + sigma * sigma)); }

Shown shown_quantity(const View& view, BranchId branch, int step, int picture, Quantity quantity) {
  const PictureAtStep spot = lookup(view, branch, step, picture);
  if (!spot) return {};
  // While the step is on its way, the one that came last stands for it.
  const FullStep* full = find_full(view, {spot.owner, step});
  if (!full) full = newest_full(view, spot.owner);
  Images images{.noise = is_noise(view, branch),
                .guess = spot.guess,
                .before = lookup(view, branch, step - 1, picture).guess};
  if (full) {
    images.noisy = picture_at(full->noisy, spot.index);
    images.denoised = picture_at(full->guess, spot.index);
    images.sigma = full->sigma;
  }
  return shown_of(images, quantity);
}

Shown shown_among_steps(const View& view, const Place& place, Quantity quantity) {
  const auto& [branch, step, picture] = place;
  if (needs_full(quantity) && !lookup(view, branch, step, picture).noisy) return {};
  return shown_quantity(view, branch, step, picture, quantity);
}

const PreviewShown* preview_of(const View& view, const Place& place) {
  if (!view.preview) return nullptr;
  const Edit& edit = view.preview->edit;
  return Place{edit.branch, edit.step, edit.picture} == place ? &*view.preview : nullptr;
}

const AheadShown* ahead_of(const View& view, const Painting& painting) {
  if (!view.ahead) return nullptr;
  const Edit& edit = view.ahead->edit;
  const Place place{edit.branch, edit.step, edit.picture};
  return place == painting.place && edit.layers == painting.layers ? &*view.ahead : nullptr;
}

Shown shown_painting(const View& view, const Place& place, const PaintedPictures& painted,
                     Quantity quantity) {
  const PictureAtStep spot = lookup(view, place.branch, place.step, place.picture);
  const bool guess = quantity == Quantity::kGuess || quantity == Quantity::kAll;
  if (guess && painted.guess) return edited(painted.guess, spot.guess, 1);
  if (quantity == Quantity::kNoisy && painted.noisy)
    return edited(painted.noisy, spot.noisy, noisy_range(view, place.branch, spot.sigma));
  if (const PreviewShown* answer = preview_of(view, place))
    return shown_of({answer->noisy, answer->guess, answer->sigma, is_noise(view, place.branch),
                     answer->guess, spot.guess},
                    quantity);
  return shown_quantity(view, place.branch, place.step, place.picture, quantity);
}

}  // namespace stepwise::app
