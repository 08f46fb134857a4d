// Questions about one picture: what would become of an edit, and what a picture looks like to a
// model at one noise level. Worker thread.
#pragma once

#include "editing/forest.h"
#include "engine/events.h"
#include "evaluation/ideal.h"
#include "evaluation/meter.h"
#include "session/opening.h"

namespace stepwise {

// `meter`: looks at the noisy picture; nullptr: none does.
PreviewReady preview(const Fork& fork, Forest& forest, const SharedModel& model, Meter* meter);
// The steps of the branch that it would begin, one after the other; none is kept. Where the model
// has few-step weights: their guess of its end, and then that end, for the steps between would look
// worse than what has been seen already.
Piece looking_ahead(const Fork& fork, Forest& forest, const SharedModel& model);
// Throws Error for severities out of range.
Worsened worsened(const Worsen& asked);
// `known`: what the ideal denoiser is told.
Inspected inspect(const Inspect& question, const Model& model, const IdealDenoiser& ideal,
                  const Condition& known);

}  // namespace stepwise
