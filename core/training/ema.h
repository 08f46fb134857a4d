// The averaged weights that samples are drawn from. Worker thread only.
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace stepwise {

// The decay of the `step`-th update (from 1) for an average whose half-life is `share` of the steps
// so far. The first update copies the weights.
double ema_decay(double share, std::int64_t step);

// average = decay * average + (1 - decay) * weights, in place, where `sound` [] of float64 is 1;
// where it is 0 nothing changes, whatever the weights are.
void ema_update(const std::vector<torch::Tensor>& average,
                const std::vector<torch::Tensor>& weights, double decay,
                const torch::Tensor& sound);

}  // namespace stepwise
