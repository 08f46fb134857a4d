// How far each pixel goes back (see Rewind). Any thread.
#pragma once

#include <span>

#include "painting/edit.h"

namespace stepwise {

// Throws Error if its level is out of range.
void check(const Rewind& rewind);

bool rewinds(const Layers& layers);  // Whether any layer that is shown goes back.

// The noise level that each pixel goes back to, 0 where it stays as it is: one channel; empty
// where nothing goes back. Halfway covered is halfway on a ruler of noise levels, whose parts are
// ratios: so a gradient passes all levels alike.
Image levels_by(const Layers& layers, int height, int width);

// The step that a pixel of this level goes back to from `now`: the last one with no less noise, or
// the first. `sigmas` fall; levels nearer than a ten-thousandth to each other are the same.
int step_back(std::span<const double> sigmas, double level, int now);

}  // namespace stepwise
