// What the training loss is made of, beside edm_regression of diffusion/denoiser.h. Worker thread
// only.
#pragma once

#include <torch/types.h>

#include <vector>

#include "settings/recipe.h"

namespace stepwise {

// N levels with ln sigma ~ N(recipe.sigma_mean, recipe.sigma_std^2), one from each of N equally
// likely intervals, rising. `within`: where in its interval each is, [N] in [0, 1].
torch::Tensor stratified_sigmas(const Recipe& recipe, const torch::Tensor& within);

// Mean squared error of each picture, [N].
torch::Tensor loss_per_picture(const torch::Tensor& answer, const torch::Tensor& target);

// Edges of the bins in which losses per level are recorded: kSigmaBins + 1 values, evenly spaced in
// ln sigma.
inline constexpr int kSigmaBins = 8;
std::vector<double> sigma_bin_edges();

}  // namespace stepwise
