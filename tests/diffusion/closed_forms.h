// Data whose denoiser and trajectories are known exactly, so that errors are measured, not bounded.
#pragma once

#include <torch/types.h>

#include <cmath>

#include "diffusion/denoiser.h"

namespace stepwise {

// Data N(mean, s^2) in each value: the posterior mean given x.
inline Denoise gaussian_denoiser(double mean, double s) {
  return [=](const Tensor& x, double sigma) {
    return mean + (x - mean) * (s * s / (s * s + sigma * sigma));
  };
}

// Along the ODE the distance to the mean stays in proportion to the spread of the noisy data.
inline Tensor gaussian_ode(const Tensor& x, double mean, double s, double sigma, double next) {
  return mean + (x - mean) * std::sqrt((s * s + next * next) / (s * s + sigma * sigma));
}

// Data that is +1 with the given share and -1 otherwise, each with spread s.
inline Denoise two_modes_denoiser(double share, double s) {
  return [=](const Tensor& x, double sigma) {
    const double variance = s * s + sigma * sigma;
    const Tensor up = torch::sigmoid(2 * x / variance + std::log(share / (1 - share)));
    const Tensor mode = 2 * up - 1;
    return mode + (x * (s * s) - mode * (s * s)) / variance;
  };
}

inline Tensor no_noise(const Tensor& x) { return torch::zeros_like(x); }

}  // namespace stepwise
