#include "training/loss.h"

#include <cmath>

namespace stepwise {

namespace {

// Of all levels that could be drawn, those below the one where pictures begin.
double share_learned(const Recipe& recipe, const Regressor& regressor) {
  if (recipe.gaussian_sigma == 0) return 1;
  if (recipe.levels == LevelDraw::kUniform) return regressor.share_below(recipe.gaussian_sigma);
  const double normal = (std::log(recipe.gaussian_sigma) - recipe.sigma_mean) / recipe.sigma_std;
  return std::erfc(-normal / std::sqrt(2.0)) / 2;
}

}  // namespace

torch::Tensor stratified_sigmas(const Recipe& recipe, const Regressor& regressor,
                                const torch::Tensor& within) {
  const std::int64_t count = within.size(0);
  const auto place = torch::arange(count, within.options()) + within;
  const auto quantile =
      share_learned(recipe, regressor) * (place / double(count)).clamp(1e-5, 1 - 1e-5);
  if (recipe.levels == LevelDraw::kUniform) return regressor.levels_at(quantile).to(torch::kFloat);
  const auto normal = std::sqrt(2.0) * torch::erfinv(2 * quantile - 1);
  const auto sigmas = (recipe.sigma_mean + recipe.sigma_std * normal).exp();
  return regressor.known(sigmas).to(torch::kFloat);
}

torch::Tensor losses_of(const Regression& regression, const torch::Tensor& answer) {
  return (answer - regression.target).square().flatten(1).mean(1) * regression.weight;
}

std::vector<double> sigma_bin_edges() {
  const double low = std::log(0.02), high = std::log(20);
  std::vector<double> edges;
  for (int i = 0; i <= kSigmaBins; ++i)
    edges.push_back(std::exp(low + (high - low) * i / kSigmaBins));
  return edges;
}

}  // namespace stepwise
