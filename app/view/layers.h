// The four images of a frame, as pictures to show. Window thread only.
#pragma once

#include <string_view>

#include "view/ui.h"
#include "view/view.h"
#include "widgets/picture_renderer.h"

namespace stepwise {

struct LayerName {
  Layer layer;
  const char* label;
  const char* symbol;
  const char* help;
};
inline constexpr std::array kLayers = {
    LayerName{Layer::kNoisy, "Noisy", "x", "The picture as it is at this noise level: x."},
    LayerName{Layer::kGuess, "Guess", "D(x)",
              "The model's best guess of the clean picture: D(x, sigma)."},
    LayerName{Layer::kNoise, "Noise", "(x \xe2\x88\x92 D) / \xcf\x83",
              "The noise the model believes is in it: (x - D) / sigma."},
    LayerName{Layer::kChange, "Change", "D \xe2\x88\x92 previous D",
              "What this step changed in the guess. Red: brighter, blue: darker."},
};

// One layer of a picture at a step; nothing where the frame has not come yet. kAll is the guess.
Shown shown_layer(const View& view, BranchId branch, int step, int picture, Layer layer);

// The same of a picture painted at this place: its own surface is what was painted, and what was
// painted is outlined; the other layers show what the model makes of it, as far as it is known.
Shown shown_painting(const View& view, const Painting& painting, Layer layer);

// The model's newest answer to a painting at this place, or nullptr. It may be one stroke behind.
const PreviewShown* preview_of(const View& view, const Place& place);

// What a noisy picture of this level is divided by to be seen.
float noisy_range(double sigma);

}  // namespace stepwise
