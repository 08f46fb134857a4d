#include "evaluation/frechet.h"

#include <algorithm>
#include <cmath>

#include "error.h"

namespace stepwise {
namespace {

using torch::Tensor;

// The symmetric square root of a covariance. Rounding may leave it eigenvalues just below 0.
Tensor square_root(const Tensor& covariance) {
  const auto [values, vectors] = at::linalg_eigh(covariance, "L");
  return torch::matmul(vectors * values.clamp_min(0).sqrt(), vectors.t());
}

}  // namespace

Gaussian gaussian_of(const Tensor& features) {
  require(features.dim() == 2 && features.size(0) >= 2,
          "A Gaussian needs the features of at least 2 pictures, not ", features.size(0), ".");
  const Tensor x = features.to(torch::kCPU, torch::kDouble);
  require(torch::isfinite(x).all().item<bool>(),
          "The features of the pictures are not finite numbers. Is the model broken?");
  const Tensor mean = x.mean(0);
  const Tensor centred = x - mean;
  return {mean, torch::matmul(centred.t(), centred) / double(x.size(0) - 1)};
}

// tr (A B)^(1/2) is the sum of the singular values of A^(1/2) B^(1/2): exact also where A and B
// have no full rank.
double frechet_distance(const Gaussian& a, const Gaussian& b) {
  const Tensor overlap =
      at::linalg_svdvals(torch::matmul(square_root(a.covariance), square_root(b.covariance)));
  const Tensor distance = (a.mean - b.mean).square().sum() + a.covariance.trace() +
                          b.covariance.trace() - 2 * overlap.sum();
  return std::max(0., distance.item<double>());
}

Tensor without_part(const Tensor& features, int part) {
  const std::int64_t n = features.size(0);
  const std::int64_t from = n * part / kJackknifeParts, to = n * (part + 1) / kJackknifeParts;
  return torch::cat({features.narrow(0, 0, from), features.narrow(0, to, n - to)});
}

double jackknife_error(const std::vector<double>& distances) {
  const double parts = double(distances.size());
  double mean = 0, squares = 0;
  for (const double distance : distances) mean += distance / parts;
  for (const double distance : distances) squares += (distance - mean) * (distance - mean);
  return std::sqrt((parts - 1) / parts * squares);
}

double noise_equivalent_level(const std::vector<double>& levels,
                              const std::vector<double>& distances, double distance) {
  require(!levels.empty() && levels.size() == distances.size(), "There are ", levels.size(),
          " noise levels, but ", distances.size(), " distances of them.");
  const auto log = [](double d) { return std::log(std::max(d, 1e-12)); };
  const double wanted = log(distance);
  double below = log(distances[0]);
  if (wanted <= below) return levels[0];
  for (std::size_t i = 1; i < levels.size(); ++i) {
    const double above = std::max(below, log(distances[i]));  // More noise never counts as nearer.
    if (wanted <= above)
      return levels[i - 1] + (levels[i] - levels[i - 1]) * (wanted - below) / (above - below);
    below = above;
  }
  return levels.back();
}

}  // namespace stepwise
