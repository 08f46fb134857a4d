// The averaged weights that samples are drawn from. Worker thread only.
#pragma once

#include <torch/types.h>

#include <cstdint>

namespace stepwise {

// The decay of the `step`-th update (from 1) for an average whose half-life is `share` of the steps
// so far. The first update copies the weights.
double ema_decay(double share, std::int64_t step);

// Of the second average that a run keeps, of one whose first has this half-life: so much longer
// that those in between, and some beyond, are sums of the two (Karras et al. 2024).
inline double longer_half_life(double share) { return share > 0.2 ? 1 : 5 * share; }

// average = decay * average + (1 - decay) * weights, in place, where `sound` is 1; where it is 0
// nothing changes, whatever the weights are. decay and sound: [] of float64.
void ema_update(const torch::Tensor& average, const torch::Tensor& weights,
                const torch::Tensor& decay, const torch::Tensor& sound);

}  // namespace stepwise
