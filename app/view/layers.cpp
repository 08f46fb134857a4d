#include "view/layers.h"

#include <cmath>

namespace stepwise {
namespace {

constexpr float kNoiseRange = 2.5f;  // Standard deviations at the ends of the colour map.
constexpr float kChangeRange = 0.5f;

Shown noisy_of(const Picture& noisy, double sigma) {
  Shown shown{noisy};
  shown.range = noisy_range(sigma);
  return shown;
}

Shown noise_of(const Picture& noisy, const Picture& guess, double sigma) {
  Shown shown{noisy, guess, sigma > 0 ? float(1 / sigma) : 0, ColourMap::kDiverging};
  shown.range = kNoiseRange;
  return shown;
}

Shown change_of(const Picture& guess, const Picture& before) {
  Shown shown{guess, before, 1, ColourMap::kDiverging};
  shown.range = kChangeRange;
  return shown;
}

}  // namespace

float noisy_range(double sigma) { return float(std::sqrt(1 + sigma * sigma)); }

Shown shown_layer(const View& view, BranchId branch, int step, int picture, Layer layer) {
  const Spot spot = lookup(view, branch, step, picture);
  if (!spot) return {};
  switch (layer) {
    case Layer::kNoisy:
      return noisy_of(spot.noisy, spot.sigma);
    case Layer::kNoise:
      return noise_of(spot.noisy, spot.guess, spot.sigma);
    case Layer::kChange:
      return change_of(spot.guess, lookup(view, branch, step - 1, picture).guess);
    default:
      return Shown{spot.guess};
  }
}

const PreviewShown* preview_of(const View& view, const Place& place) {
  if (!view.preview) return nullptr;
  const Edit& edit = view.preview->edit;
  const Place asked{edit.branch, edit.step, edit.picture, edit.surface};
  return asked == place ? &*view.preview : nullptr;
}

Shown shown_painting(const View& view, const Painting& painting, Layer layer) {
  const Place& place = painting.place;
  const Layer surface = place.surface == Surface::kGuess ? Layer::kGuess : Layer::kNoisy;
  const Spot spot = lookup(view, place.branch, place.step, place.picture);
  if (layer == surface || (layer == Layer::kAll && surface == Layer::kGuess)) {
    Shown shown{painting.painted, painting.original};
    shown.edited = true;
    if (surface == Layer::kNoisy) shown.range = noisy_range(spot.sigma);
    return shown;
  }
  const PreviewShown* answer = preview_of(view, place);
  if (!answer) return shown_layer(view, place.branch, place.step, place.picture, layer);
  const PreviewShown& preview = *answer;
  switch (layer) {
    case Layer::kNoisy:
      return noisy_of(preview.noisy, preview.sigma);
    case Layer::kNoise:
      return noise_of(preview.noisy, preview.guess, preview.sigma);
    case Layer::kChange:
      return change_of(preview.guess, spot.guess);
    default:
      return Shown{preview.guess};
  }
}

}  // namespace stepwise
