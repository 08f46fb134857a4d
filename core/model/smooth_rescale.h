// Halving and doubling pictures [N, C, H, W] with the filter 1, 3, 3, 1 in place of a mean and a
// repetition; beyond the border there are zeros. Any thread.
#pragma once

#include <torch/types.h>

namespace stepwise {

torch::Tensor smoothly_halved(const torch::Tensor& x);
torch::Tensor smoothly_doubled(const torch::Tensor& x);

}  // namespace stepwise
