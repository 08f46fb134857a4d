// The four images of a frame, as pictures to show. Window thread only.
#pragma once

#include "view/desk.h"
#include "view/view.h"
#include "widgets/picture_renderer.h"

namespace stepwise::app {

// One of them, of a picture at a step; nothing where the frame has not come yet. kAll is the guess.
Shown shown_quantity(const View& view, BranchId branch, int step, int picture, Quantity quantity);

// Whether it takes the step in full, or what there is to look at is enough.
constexpr bool needs_full(Quantity quantity) {
  return quantity == Quantity::kNoisy || quantity == Quantity::kNoise;
}
// Among other steps, where none may stand for another: nothing either where what it takes has not
// come.
Shown shown_among_steps(const View& view, const Place& place, Quantity quantity);

// The same of a picture painted at this place: its own surface is what was painted, and what was
// painted is outlined; the other layers show what the model makes of it, as far as it is known.
Shown shown_painting(const View& view, const Place& place, const PaintedPictures& painted,
                     Quantity quantity);

// The model's newest answer to a painting at this place, or nullptr. It may be one stroke behind.
const PreviewShown* preview_of(const View& view, const Place& place);

// Where a painting leads, as far as that is known, or nullptr: of these very layers.
const AheadShown* ahead_of(const View& view, const Painting& painting);

// What a noisy picture of this level is divided by to be seen; of a branch, one that was made worse
// in another way is as bright as the picture itself.
float noisy_range(double sigma);
float noisy_range(const View& view, BranchId branch, double sigma);

}  // namespace stepwise::app
