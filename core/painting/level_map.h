// How far each pixel goes back (see Rewind). Any thread.
#pragma once

#include "painting/edit.h"

namespace stepwise {

// Throws Error if its level is out of range.
void check(const Rewind& rewind);

// The noise level that each pixel goes back to, 0 where it stays as it is: one channel; empty
// where nothing goes back. Halfway covered is halfway on a ruler of noise levels, whose parts are
// ratios: so a gradient passes all levels alike.
Image levels_by(const Layers& layers, int height, int width);

}  // namespace stepwise
