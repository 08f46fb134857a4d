// The training steps that diffusers' schedulers visit when asked for so many inference steps. Times
// fall. Any thread; no torch.
#pragma once

#include <vector>

#include "model/scheduler_config.h"

namespace stepwise {

// Of a scheduler with betas. Some step counts give one entry more than asked for, see below.
// `last`: solvers start below this training step (lambda_min_clipped); others ignore it.
std::vector<double> time_grid(const SchedulerConfig& config, int steps, int last);

}  // namespace stepwise
