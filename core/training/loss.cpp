#include "training/loss.h"

#include <cmath>

namespace stepwise {

torch::Tensor stratified_sigmas(const Recipe& recipe, const torch::Tensor& within) {
  const std::int64_t count = within.size(0);
  const auto place = torch::arange(count, within.options()) + within;
  const auto quantile = (place / double(count)).clamp(1e-5, 1 - 1e-5);
  const auto normal = std::sqrt(2.0) * torch::erfinv(2 * quantile - 1);
  return (recipe.sigma_mean + recipe.sigma_std * normal).exp().to(torch::kFloat);
}

torch::Tensor loss_per_picture(const torch::Tensor& answer, const torch::Tensor& target) {
  return (answer - target).square().flatten(1).mean(1);
}

std::vector<double> sigma_bin_edges() {
  const double low = std::log(0.02), high = std::log(20);
  std::vector<double> edges;
  for (int i = 0; i <= kSigmaBins; ++i)
    edges.push_back(std::exp(low + (high - low) * i / kSigmaBins));
  return edges;
}

}  // namespace stepwise
