// The EDM training loss (Karras et al. 2022): the network F learns, at every noise level, a target
// of unit variance. Worker thread only. Pictures are [N, C, H, W] in [-1, 1], sigma is [N].
#pragma once

#include <torch/torch.h>

#include <vector>

#include "training/recipe.h"

namespace stepwise {

// `count` levels with ln sigma ~ N(recipe.sigma_mean, recipe.sigma_std^2), one from each of `count`
// equally likely intervals, in a random order of none: rising.
torch::Tensor stratified_sigmas(const Recipe& recipe, std::int64_t count, at::Generator& generator);

// What F should answer for clean + sigma noise, so that D = skip x + out F is the clean picture
// (Eq. 8).
torch::Tensor network_target(const torch::Tensor& clean, const torch::Tensor& noisy,
                             const torch::Tensor& sigma, double sigma_data);

// Mean squared error of each picture, [N].
torch::Tensor loss_per_picture(const torch::Tensor& answer, const torch::Tensor& target);

// Edges of the bins in which losses per level are recorded: kSigmaBins + 1 values, evenly spaced in
// ln sigma.
inline constexpr int kSigmaBins = 8;
std::vector<double> sigma_bin_edges();

}  // namespace stepwise
