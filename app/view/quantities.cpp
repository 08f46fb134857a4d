#include "view/quantities.h"

#include <cmath>

namespace stepwise::app {
namespace {

constexpr float kNoiseRange = 2.5f;  // Standard deviations at the ends of the color map.
constexpr float kChangeRange = 0.5f;

Shown noisy_of(const Picture& noisy, double sigma) {
  Shown shown{noisy};
  shown.range = noisy_range(sigma);
  return shown;
}

Shown noise_of(const Picture& noisy, const Picture& guess, double sigma) {
  Shown shown{noisy, guess, sigma > 0 ? float(1 / sigma) : 0, ColorMap::kDiverging};
  shown.range = kNoiseRange;
  return shown;
}

Shown change_of(const Picture& guess, const Picture& before) {
  Shown shown{guess, before, 1, ColorMap::kDiverging};
  shown.range = kChangeRange;
  return shown;
}

Shown edited(const Picture& painted, const Picture& original, float range) {
  Shown shown{painted, original};
  shown.edited = true;
  shown.range = range;
  return shown;
}

Shown answered(const PreviewShown& preview, const PictureAtStep& spot, Quantity quantity) {
  switch (quantity) {
    case Quantity::kNoisy:
      return noisy_of(preview.noisy, preview.sigma);
    case Quantity::kNoise:
      return noise_of(preview.noisy, preview.guess, preview.sigma);
    case Quantity::kChange:
      return change_of(preview.guess, spot.guess);
    default:
      return Shown{preview.guess};
  }
}

}  // namespace

float noisy_range(double sigma) { return float(std::sqrt(1 + sigma * sigma)); }

Shown shown_quantity(const View& view, BranchId branch, int step, int picture, Quantity quantity) {
  const PictureAtStep spot = lookup(view, branch, step, picture);
  if (!spot) return {};
  // While the step is on its way, the one that came last stands for it.
  const FullStep* full = find_full(view, {spot.owner, step});
  if (!full) full = newest_full(view, spot.owner);
  const Picture noisy = full ? picture_at(full->noisy, spot.index) : Picture{};
  switch (quantity) {
    case Quantity::kNoisy:
      return full ? noisy_of(noisy, full->sigma) : Shown{};
    case Quantity::kNoise:
      return full ? noise_of(noisy, picture_at(full->guess, spot.index), full->sigma) : Shown{};
    case Quantity::kChange:
      return change_of(spot.guess, lookup(view, branch, step - 1, picture).guess);
    default:
      return Shown{spot.guess};
  }
}

const PreviewShown* preview_of(const View& view, const Place& place) {
  if (!view.preview) return nullptr;
  const Edit& edit = view.preview->edit;
  return Place{edit.branch, edit.step, edit.picture} == place ? &*view.preview : nullptr;
}

Shown shown_painting(const View& view, const Place& place, const PaintedPictures& painted,
                     Quantity quantity) {
  const PictureAtStep spot = lookup(view, place.branch, place.step, place.picture);
  const bool guess = quantity == Quantity::kGuess || quantity == Quantity::kAll;
  if (guess && painted.guess) return edited(painted.guess, spot.guess, 1);
  if (quantity == Quantity::kNoisy && painted.noisy)
    return edited(painted.noisy, spot.noisy, noisy_range(spot.sigma));
  if (const PreviewShown* answer = preview_of(view, place))
    return answered(*answer, spot, quantity);
  return shown_quantity(view, place.branch, place.step, place.picture, quantity);
}

}  // namespace stepwise::app
