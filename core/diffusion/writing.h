// Text across pictures, as degraded() has it. Any device, without waiting for it. Worker thread.
#pragma once

#include <torch/types.h>

namespace stepwise {

// White letters over `clean`, [N, C, H, W]: more of them the higher `severity` is, [N]; those that
// are there stay. Which letters, and in which turn, comes from `noise`, standard normal in the
// shape of `clean`.
torch::Tensor written_over(const torch::Tensor& clean, const torch::Tensor& severity,
                           const torch::Tensor& noise);

}  // namespace stepwise
