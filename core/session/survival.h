// The measurement of what is left of strokes, as a job. Worker thread.
#pragma once

#include "editing/survival.h"
#include "session/opening.h"

namespace stepwise {

// Throws Error for settings out of range.
Piece measuring(const SampleSettings& settings, SharedModel model);

}  // namespace stepwise
