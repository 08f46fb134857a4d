// What the training loss is made of, beside edm_regression of diffusion/denoiser.h. Worker thread
// only.
#pragma once

#include <torch/types.h>

#include <vector>

#include "settings/recipe.h"

namespace stepwise {

// `count` levels with ln sigma ~ N(recipe.sigma_mean, recipe.sigma_std^2), one from each of `count`
// equally likely intervals, rising.
torch::Tensor stratified_sigmas(const Recipe& recipe, std::int64_t count, at::Generator& generator);

// Mean squared error of each picture, [N].
torch::Tensor loss_per_picture(const torch::Tensor& answer, const torch::Tensor& target);

// Edges of the bins in which losses per level are recorded: kSigmaBins + 1 values, evenly spaced in
// ln sigma.
inline constexpr int kSigmaBins = 8;
std::vector<double> sigma_bin_edges();

}  // namespace stepwise
