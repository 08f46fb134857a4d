// The levels that diffusers' schedulers visit of their own accord, a function for each family. For
// the .cpp files of this folder. Any thread.
#pragma once

#include "diffusion/levels.h"

namespace stepwise {

// Schedulers with betas.
Levels table_levels(const SampleSettings& settings, const Schedule& schedule);
// Flow matching: its own Euler, and solvers.
Levels flow_levels(const SampleSettings& settings, const Schedule& schedule);
// EDM.
Levels edm_levels(const SampleSettings& settings, const Schedule& schedule);
// Score SDEs.
Levels score_levels(const SampleSettings& settings, const Schedule& schedule);

}  // namespace stepwise
