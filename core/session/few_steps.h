// The few-step weights in a model's folder: a second model, in its folder kFewSteps, that was tuned
// from it and previews edits, see Model. Worker thread.
#pragma once

#include "session/opened_model.h"

namespace stepwise {

// Reads one piece of them, and gives the model what the last one opens; false: it has what there
// is. Damaged ones, and those of another model, are left out, and a note of its folder says why.
// `opening`: empty at first, and kept by the caller from piece to piece.
bool add_few_steps(OpenedModel& model, Opening& opening, const Emit& emit);

}  // namespace stepwise
