// The noise levels a sampler visits: `steps` levels falling from sigma_max to sigma_min, then 0.
// Any thread; no torch. sigma: standard deviation of the noise, in data units.
#pragma once

#include <vector>

#include "settings/sample_settings.h"

namespace stepwise {

// The grid that the settings name: steps + 1 levels, the last is 0. One step: {sigma_max, 0}. A
// model's own grid is made by levels_of (levels.h); what comes for it here is Karras' instead.
std::vector<double> sigma_grid(const SampleSettings& settings);

// Evenly spaced in sigma^(1 / rho) (Karras et al. 2022, Eq. 5).
std::vector<double> karras_sigmas(int steps, double sigma_min, double sigma_max, double rho);

// Evenly spaced in ln sigma.
std::vector<double> log_uniform_sigmas(int steps, double sigma_min, double sigma_max);

// Evenly spaced quantiles of a Beta(0.6, 0.6) distribution over the levels (Lee et al. 2024).
std::vector<double> beta_sigmas(int steps, double sigma_min, double sigma_max);

// As drawn by hand: see SampleSettings::grid_shape.
std::vector<double> drawn_sigmas(const SampleSettings& settings);

// The level at this share of the way from sigma to next, in ln sigma.
double between(double sigma, double next, double share);
// The share at which that is this level.
double share_between(double sigma, double next, double level);

}  // namespace stepwise
