// The noise that variance-preserving models are trained with: beta per training step, as tables in
// single precision, made with the same operations as diffusers' tables so that they agree to the
// last bit or nearly. Worker thread.
#pragma once

#include <torch/types.h>

#include "model/scheduler_config.h"

namespace stepwise {

// Variance added at each training step, [num_train_timesteps] float.
torch::Tensor betas_of(const SchedulerConfig& config);

// What is left of the signal's variance after each step: the products of 1 - beta.
torch::Tensor alphas_cumprod_of(const SchedulerConfig& config);

}  // namespace stepwise
