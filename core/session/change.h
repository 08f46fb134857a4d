// Changes of class: where a picture would change, and what such changes cost. Worker thread.
#pragma once

#include <memory>

#include "diffusion/model.h"
#include "evaluation/evaluation.h"
#include "session/opening.h"

namespace stepwise {

// Finds the mask, a draw at a time. Throws Error for numbers out of range and for a picture that
// does not fit the model.
Piece finding(const FindMask& asked, const SharedModel& model);

// Measures the trade-off on the test pictures of `reference`, judged by its classifier. Throws
// Error where there are no such pictures or classes.
Piece weighing(const MeasureTradeOff& asked, SharedModel model,
               std::shared_ptr<ReferenceSet> reference);

}  // namespace stepwise
