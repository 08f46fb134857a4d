// The forward process: how the pictures of a schedule are made worse, of whatever it is that its
// model undoes. Worker thread.
#pragma once

#include <torch/types.h>

#include "diffusion/noise.h"
#include "diffusion/schedule.h"

namespace stepwise {

// x at this level, which is noise of that standard deviation on top, clean + level noise, or for
// other degradations a severity. `noise`: standard normal; all [N, C, H, W].
torch::Tensor worsened(const Schedule& schedule, const torch::Tensor& clean, double level,
                       const torch::Tensor& noise);
// The same with a level for each picture, [N].
torch::Tensor worsened(const Schedule& schedule, const torch::Tensor& clean,
                       const torch::Tensor& levels, const torch::Tensor& noise);

// What a sampler draws at a step: fresh noise. Degradations have none: each picture keeps that
// which it was made worse with, from the first step to the last.
StepNoise noise_of_step(const Schedule& schedule, PictureNoise noise, int step);

}  // namespace stepwise
