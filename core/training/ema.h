// The averaged weights that samples are drawn from. Worker thread only.
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace stepwise {

// The decay of the `step`-th update (from 1) for an average whose half-life is `share` of the steps
// so far. The first update copies the weights.
double ema_decay(double share, std::int64_t step);

// average = decay * average + (1 - decay) * weights, in place.
void ema_update(const std::vector<torch::Tensor>& average,
                const std::vector<torch::Tensor>& weights, const torch::Tensor& decay);

}  // namespace stepwise
