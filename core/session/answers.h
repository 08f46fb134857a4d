// Questions that one evaluation of a network answers: what would become of an edit, and what a
// picture looks like to a model at one noise level. Worker thread.
#pragma once

#include "editing/forest.h"
#include "engine/events.h"
#include "evaluation/ideal.h"

namespace stepwise {

PreviewReady preview(const Fork& fork, Forest& forest, const SharedModel& model);
// `known`: what the ideal denoiser is told.
Inspected inspect(const Inspect& question, const Model& model, const IdealDenoiser& ideal,
                  const Condition& known);

}  // namespace stepwise
