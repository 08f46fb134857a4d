// The Frechet distance between two sets of features, each taken as a Gaussian. In double.
#pragma once

#include <torch/types.h>

#include <vector>

namespace stepwise {

struct Gaussian {
  torch::Tensor mean;        // [d]
  torch::Tensor covariance;  // [d, d], divided by n - 1.
};

// The Gaussian of features [n, d]. Throws Error if n < 2 or a feature is not finite.
Gaussian gaussian_of(const torch::Tensor& features);

// |mean_a - mean_b|^2 + tr(A + B - 2 (A B)^(1/2)), never below 0. Fewer pictures than features do
// no harm.
double frechet_distance(const Gaussian& a, const Gaussian& b);

// How far a distance would lie from the next one's, of other samples: the standard error by a
// jackknife that leaves out a tenth of the features in turn, as they follow each other, so that
// samples of classes dealt in turn lose some of each.
inline constexpr int kJackknifeParts = 10;
// The features [n, d] without that tenth. Fewer than two for each part are too few.
torch::Tensor without_part(const torch::Tensor& features, int part);
// From the distances of all parts.
double jackknife_error(const std::vector<double>& distances);

// Levels of noise added to real pictures, in data units, that a distance is compared with.
inline constexpr double kNoiseLevels[] = {0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5};

// The level at which real pictures have this distance: linear between the levels, over the
// logarithm of the distance. A distance beyond those of the levels gives the smallest or the
// largest level.
double noise_equivalent_level(const std::vector<double>& levels,
                              const std::vector<double>& distances, double distance);

}  // namespace stepwise
