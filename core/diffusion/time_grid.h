// The training steps that diffusers' schedulers visit when asked for so many inference steps. Times
// fall. Any thread; no torch.
#pragma once

#include <vector>

#include "model/scheduler_config.h"

namespace stepwise {

// `count` numbers from `first` to `last`, both included; one: the first. Rounded as numpy's
// linspace.
std::vector<double> even_numbers(double first, double last, int count);

// Of a scheduler with betas. Some step counts give one entry more than asked for, see below.
// `last`: solvers start below this training step (lambda_min_clipped); others ignore it.
std::vector<double> time_grid(const SchedulerConfig& config, int steps, int last);

}  // namespace stepwise
