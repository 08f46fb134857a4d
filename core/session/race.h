// A race of samplers, as a job. Worker thread.
#pragma once

#include "diffusion/model.h"
#include "session/opening.h"

namespace stepwise {

// A step of one sampler at a time. Throws Error for what cannot race.
Piece racing(const Race& asked, SharedModel model);

}  // namespace stepwise
