// Group normalisation and the activation that follows it everywhere in the U-Net, in one pass over
// memory where that can be had. Used from one thread at a time.
#pragma once

#include <torch/nn/modules/normalization.h>
#include <torch/types.h>

#include "model/activation.h"

namespace stepwise {

// activation(norm(x) (1 + scale) + shift) for x [N, C, H, W]. scale and shift, [N or 1, C]: both or
// neither.
torch::Tensor norm_activation(const torch::nn::GroupNormImpl& norm, Activation activation,
                              const torch::Tensor& x, const torch::Tensor& scale = {},
                              const torch::Tensor& shift = {});

}  // namespace stepwise
