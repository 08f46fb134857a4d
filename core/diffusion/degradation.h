// Ways of making pictures worse that are no noise on top of them (Bansal et al. 2022): families
// with one clock, the severity, from 0, the picture itself, to 1. What is random about one is taken
// from the `noise` that a picture brings along, so that the same picture is made worse in the same
// way at every severity. Any device, without waiting for it. Worker thread.
#pragma once

#include <torch/types.h>

#include "settings/degradation.h"

namespace stepwise {

// `clean`: [N, C, H, W] in [-1, 1]. `severity`: of each picture, [N] in [0, 1]. `noise`: standard
// normal, in the shape of `clean`. At severity 0 it is `clean`, exactly. Of kNoise there is a share
// of noise, and at severity 1 nothing else: models that undo noise have levels of their own
// instead, see worsened() in diffusion/forward.h.
torch::Tensor degraded(Degradation family, const torch::Tensor& clean,
                       const torch::Tensor& severity, const torch::Tensor& noise);
// One family of the stack after the other, each with the same severity and noise.
torch::Tensor degraded(const DegradationStack& stack, const torch::Tensor& clean,
                       const torch::Tensor& severity, const torch::Tensor& noise);

}  // namespace stepwise
