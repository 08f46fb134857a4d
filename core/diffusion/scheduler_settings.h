// What to sample with so that pictures come out as from the model's own scheduler. Any thread.
#pragma once

#include "diffusion/schedule.h"
#include "settings/sample_settings.h"

namespace stepwise {

// The scheduler's sampler, its options and its own levels. What files of schedulers do not say,
// such as the number of steps, is left at what diffusers' pipelines do.
SampleSettings settings_of(const Schedule& schedule);

}  // namespace stepwise
