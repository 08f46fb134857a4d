// The four images of a frame, as pictures to show. Window thread only.
#pragma once

#include <string_view>

#include "fields.h"
#include "view/ui.h"
#include "view/view.h"
#include "widgets/picture_renderer.h"

namespace stepwise::app {

struct QuantityName {
  Quantity quantity;
  const char* label;
  const char* symbol;
  const char* help;
};
inline constexpr std::array kQuantities = {
    QuantityName{Quantity::kNoisy, "Noisy", "x", "The picture as it is at this noise level: x."},
    QuantityName{Quantity::kGuess, "Guess", "D(x)",
                 "The model's best guess of the clean picture: D(x, sigma)."},
    QuantityName{Quantity::kNoise, "Noise", "(x \xe2\x88\x92 D) / \xcf\x83",
                 "The noise the model believes is in it: (x - D) / sigma."},
    QuantityName{Quantity::kChange, "Change", "D \xe2\x88\x92 previous D",
                 "What this step changed in the guess. Red: brighter, blue: darker."},
};

constexpr auto names_of(Quantity) {
  std::array<Named<Quantity>, kQuantities.size() + 1> names{{{Quantity::kAll, "All"}}};
  for (std::size_t i = 0; i < kQuantities.size(); ++i)
    names[i + 1] = {kQuantities[i].quantity, kQuantities[i].label};
  return names;
}

// One of them, of a picture at a step; nothing where the frame has not come yet. kAll is the guess.
Shown shown_quantity(const View& view, BranchId branch, int step, int picture, Quantity quantity);

// The same of a picture painted at this place: its own surface is what was painted, and what was
// painted is outlined; the other layers show what the model makes of it, as far as it is known.
Shown shown_painting(const View& view, const Place& place, const PaintedPictures& painted,
                     Quantity quantity);

// The model's newest answer to a painting at this place, or nullptr. It may be one stroke behind.
const PreviewShown* preview_of(const View& view, const Place& place);

// What a noisy picture of this level is divided by to be seen.
float noisy_range(double sigma);

}  // namespace stepwise::app
