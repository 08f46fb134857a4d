#include "training/loss.h"

#include <algorithm>
#include <cmath>

namespace stepwise {

namespace {

bool draws_uniformly(const Recipe& recipe) {
  return recipe.levels == LevelDraw::kUniform || has_severity(recipe.degradation);
}

// Of all levels that could be drawn, the share below this one.
double share_below(double sigma, const Recipe& recipe, const Regressor& regressor) {
  if (sigma == 0) return 0;
  if (draws_uniformly(recipe)) return regressor.share_below(sigma);
  const double normal = (std::log(sigma) - recipe.sigma_mean) / recipe.sigma_std;
  return std::erfc(-normal / std::sqrt(2.0)) / 2;
}

// Those that are learned, as shares of all.
Range<double> learned(const Recipe& recipe, const Regressor& regressor) {
  return {share_below(recipe.sigma_low, recipe, regressor),
          share_below(learned_up_to(recipe), recipe, regressor)};
}

}  // namespace

torch::Tensor stratified_sigmas(const Recipe& recipe, const Regressor& regressor,
                                const torch::Tensor& within) {
  const std::int64_t count = within.size(0);
  const auto place = torch::arange(count, within.options()) + within;
  const auto [low, high] = learned(recipe, regressor);
  const auto quantile = (low + (high - low) * place / double(count)).clamp(1e-5, 1 - 1e-5);
  if (draws_uniformly(recipe)) return regressor.levels_at(quantile).to(torch::kFloat);
  const auto normal = std::sqrt(2.0) * torch::erfinv(2 * quantile - 1);
  const auto sigmas = (recipe.sigma_mean + recipe.sigma_std * normal).exp();
  return regressor.known(sigmas).to(torch::kFloat);
}

torch::Tensor level_below(const torch::Tensor& sigma, const torch::Tensor& spent, int halvings) {
  const auto stage = (spent * (halvings + 1)).floor().clamp(0, halvings);
  const auto way = (1 + 8 * torch::sigmoid(-sigma)) * torch::exp2(-stage);
  return sigma * (1 - way).clamp_min(0);
}

torch::Tensor errors_of(const Regression& regression, const torch::Tensor& answer) {
  return (answer - regression.target).square().flatten(1).mean(1);
}

torch::Tensor losses_of(const Regression& regression, const torch::Tensor& answer) {
  return errors_of(regression, answer) * regression.weight;
}

std::vector<double> level_bin_edges(const DegradationStack& degradation) {
  const double low = std::log(0.02), high = std::log(20);
  std::vector<double> edges;
  for (int i = 0; i <= kLevelBins; ++i)
    edges.push_back(has_severity(degradation) ? double(i) / kLevelBins
                                              : std::exp(low + (high - low) * i / kLevelBins));
  return edges;
}

torch::Tensor even_levels(const DegradationStack& degradation, std::int64_t count) {
  const auto share = (torch::arange(count, torch::kDouble) + 0.5) / double(count);
  if (has_severity(degradation)) return share.to(torch::kFloat);
  const auto edges = level_bin_edges(degradation);
  const double low = std::log(edges.front()), high = std::log(edges.back());
  return (low + (high - low) * share).exp().to(torch::kFloat);
}

}  // namespace stepwise
