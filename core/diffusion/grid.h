// The noise levels a sampler visits: `steps` levels falling from sigma_max to sigma_min, then 0.
// Any thread; no torch. sigma: standard deviation of the noise, in data units.
#pragma once

#include <vector>

#include "diffusion/settings.h"

namespace stepwise {

// The grid that the settings name: steps + 1 levels, the last is 0. One step: {sigma_max, 0}.
std::vector<double> sigma_grid(const SampleSettings& settings);

// Evenly spaced in sigma^(1 / rho) (Karras et al. 2022, Eq. 5).
std::vector<double> karras_sigmas(int steps, double sigma_min, double sigma_max, double rho);

// Evenly spaced in ln sigma.
std::vector<double> log_uniform_sigmas(int steps, double sigma_min, double sigma_max);

}  // namespace stepwise
