// What the training loss is made of, beside the regression of diffusion/regression.h. Worker thread
// only.
#pragma once

#include <torch/types.h>

#include <vector>

#include "diffusion/regression.h"
#include "settings/recipe.h"

namespace stepwise {

// N levels drawn as the recipe says, one from each of N equally likely intervals, rising;
// severities of other degradations than noise, all equally likely. `within`: where in its interval
// each is, [N] in [0, 1].
torch::Tensor stratified_sigmas(const Recipe& recipe, const Regressor& regressor,
                                const torch::Tensor& within);

// The level below each of these whose guess is to be repeated there, when a share `spent` of the
// budget, [], is spent: sigma (1 - n / 2^a), where a rises from 0 to `halvings` in equal stages,
// and n = 1 + 8 / (1 + e^sigma) (Geng et al. 2024, with q = 2, k = 8 and b = 1). In the first stage
// it is exactly 0.
torch::Tensor level_below(const torch::Tensor& sigma, const torch::Tensor& spent, int halvings);

// Mean squared error of each picture, [N]; and weighted.
torch::Tensor errors_of(const Regression& regression, const torch::Tensor& answer);
torch::Tensor losses_of(const Regression& regression, const torch::Tensor& answer);

// Edges of the bins in which losses per level are recorded: kLevelBins + 1 values, evenly spaced in
// ln sigma, or in severity.
inline constexpr int kLevelBins = 8;
std::vector<double> level_bin_edges(const DegradationStack& degradation);

// So many levels, evenly spaced over the bins, rising: [count].
torch::Tensor even_levels(const DegradationStack& degradation, std::int64_t count);

}  // namespace stepwise
