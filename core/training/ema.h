// The averaged weights that samples are drawn from. Worker thread only.
#pragma once

#include <torch/types.h>

#include <cstdint>

namespace stepwise {

// The decay of the `step`-th update (from 1) for an average whose half-life is `share` of the steps
// so far. The first update copies the weights.
double ema_decay(double share, std::int64_t step);

// average = decay * average + (1 - decay) * weights, in place, where `sound` is 1; where it is 0
// nothing changes, whatever the weights are. decay and sound: [] of float64.
void ema_update(const torch::Tensor& average, const torch::Tensor& weights,
                const torch::Tensor& decay, const torch::Tensor& sound);

}  // namespace stepwise
