#include "evaluation/frechet.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include <cmath>
#include <limits>

#include "error.h"

namespace stepwise {
namespace {

using torch::Tensor;

Tensor vector(std::vector<double> values) { return torch::tensor(values, torch::kDouble); }

Gaussian diagonal(std::vector<double> mean, std::vector<double> variance) {
  return {vector(std::move(mean)), torch::diag(vector(std::move(variance)))};
}

Tensor random_features(int n, int d) {
  torch::manual_seed(1);
  return torch::randn({n, d}, torch::kDouble);
}

TEST(Frechet, IsZeroBetweenEqualSets) {
  const Gaussian g = gaussian_of(random_features(500, 40));
  EXPECT_NEAR(frechet_distance(g, g), 0, 1e-9);
}

TEST(Frechet, OfAShiftIsItsSquaredLength) {
  const Tensor x = random_features(300, 3);
  const double d = frechet_distance(gaussian_of(x), gaussian_of(x + vector({1, -2, 0.5})));
  EXPECT_NEAR(d, 1 + 4 + 0.25, 1e-9);
}

TEST(Frechet, OfDiagonalCovariancesComparesStandardDeviations) {
  const double d =
      frechet_distance(diagonal({0, 1, 0}, {1, 4, 0}), diagonal({0, 0, 0}, {9, 4, 0.25}));
  EXPECT_NEAR(d, 1 + (3 - 1) * (3 - 1) + 0.5 * 0.5, 1e-12);
}

// In two dimensions tr (A B)^(1/2) = sqrt(tr A B + 2 sqrt(det A B)).
TEST(Frechet, OfCovariancesThatDoNotCommuteIsTheClosedForm) {
  const Tensor a = torch::tensor({{2., 1.}, {1., 3.}}, torch::kDouble);
  const Tensor b = torch::tensor({{5., -2.}, {-2., 1.}}, torch::kDouble);
  const Tensor ab = torch::matmul(a, b);
  const double overlap = std::sqrt(
      ab.trace().item<double>() + 2 * std::sqrt(ab[0][0].item<double>() * ab[1][1].item<double>() -
                                                ab[0][1].item<double>() * ab[1][0].item<double>()));
  const Tensor zero = torch::zeros({2}, torch::kDouble);
  EXPECT_NEAR(frechet_distance({zero, a}, {zero, b}), 5 + 6 - 2 * overlap, 1e-12);
}

TEST(Frechet, IsTheSameBothWays) {
  const Gaussian a = gaussian_of(random_features(50, 8)),
                 b = gaussian_of(3 * random_features(90, 8).pow(2));
  EXPECT_NEAR(frechet_distance(a, b), frechet_distance(b, a), 1e-9);
}

TEST(Frechet, FewerPicturesThanFeaturesDoNoHarm) {
  const Tensor x = random_features(5, 60);
  EXPECT_NEAR(frechet_distance(gaussian_of(x), gaussian_of(x)), 0, 1e-9);
  EXPECT_NEAR(frechet_distance(gaussian_of(x), gaussian_of(x + 0.5)), 60 * 0.25, 1e-9);
}

TEST(GaussianOf, IsMeanAndCovarianceOfTheFeatures) {
  const Gaussian g = gaussian_of(torch::tensor({{1.f, 0.f}, {3.f, 4.f}}));
  EXPECT_TRUE(torch::equal(g.mean, vector({2, 2})));
  EXPECT_TRUE(torch::equal(g.covariance, torch::tensor({{2., 4.}, {4., 8.}}, torch::kDouble)));
}

TEST(GaussianOf, OnePictureOrFeaturesThatAreNoNumbersAreRefused) {
  EXPECT_THROW(gaussian_of(torch::zeros({1, 4})), Error);
  Tensor x = torch::zeros({3, 4});
  x[1][2] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THROW(gaussian_of(x), Error);
}

const std::vector<double> kLevels{0.01, 0.02, 0.05, 0.1};
const std::vector<double> kDistances{1, 2, 10, 40};

TEST(NoiseEquivalentLevel, IsExactAtTheKnots) {
  for (std::size_t i = 0; i < kLevels.size(); ++i)
    EXPECT_NEAR(noise_equivalent_level(kLevels, kDistances, kDistances[i]), kLevels[i], 1e-12);
}

TEST(NoiseEquivalentLevel, IsLinearInTheLogarithmOfTheDistance) {
  EXPECT_NEAR(noise_equivalent_level(kLevels, kDistances, 20), 0.075, 1e-12);  // sqrt(10 * 40)
}

TEST(NoiseEquivalentLevel, NeverFallsAsTheDistanceGrows) {
  const std::vector<double> bumpy{1, 2, 1.5, 40};  // Sampling error of the curve itself.
  double last = 0;
  for (double d = 0; d < 60; d += 0.1) {
    const double level = noise_equivalent_level(kLevels, bumpy, d);
    EXPECT_GE(level, last) << d;
    last = level;
  }
}

TEST(NoiseEquivalentLevel, BeyondTheCurveIsItsEnd) {
  EXPECT_EQ(noise_equivalent_level(kLevels, kDistances, 0), 0.01);
  EXPECT_EQ(noise_equivalent_level(kLevels, kDistances, 0.5), 0.01);
  EXPECT_EQ(noise_equivalent_level(kLevels, kDistances, 1e6), 0.1);
  EXPECT_THROW(noise_equivalent_level(kLevels, {1}, 1), Error);
}

// Of the mean of 0 to 9, each a part, the standard error is sqrt(82.5 / 9 / 10).
TEST(Jackknife, OfAMeanIsItsStandardError) {
  std::vector<double> means;
  for (int left_out = 0; left_out < 10; ++left_out) means.push_back((45. - left_out) / 9);
  EXPECT_NEAR(jackknife_error(means), std::sqrt(82.5 / 90), 1e-12);
}

TEST(Jackknife, EachRowIsInAllPartsButOne) {
  const Tensor x = torch::arange(25, torch::kDouble).view({25, 1});
  Tensor sum = torch::zeros({25}, torch::kDouble);
  for (int part = 0; part < kJackknifeParts; ++part) {
    const Tensor rest = without_part(x, part).flatten();
    EXPECT_GE(rest.size(0), 22);
    EXPECT_LE(rest.size(0), 23);
    sum.index_add_(0, rest.to(torch::kLong), torch::ones_like(rest));
  }
  EXPECT_TRUE(sum.eq(kJackknifeParts - 1).all().item<bool>());
}

TEST(Jackknife, TellsHowFarTheDistancesOfOtherSamplesLieApart) {
  constexpr int kRepeats = 60;
  torch::manual_seed(2);
  const Gaussian real{torch::zeros({3}, torch::kDouble), torch::eye(3, torch::kDouble)};
  double errors = 0, sum = 0, squares = 0;
  for (int i = 0; i < kRepeats; ++i) {
    const Tensor x = torch::randn({100, 3}, torch::kDouble) + 0.7;
    std::vector<double> parts;
    for (int part = 0; part < kJackknifeParts; ++part)
      parts.push_back(frechet_distance(gaussian_of(without_part(x, part)), real));
    errors += jackknife_error(parts) / kRepeats;
    const double distance = frechet_distance(gaussian_of(x), real);
    sum += distance;
    squares += distance * distance;
  }
  const double mean = sum / kRepeats;
  const double spread = std::sqrt((squares / kRepeats - mean * mean) * kRepeats / (kRepeats - 1));
  EXPECT_GT(errors, 0.6 * spread);
  EXPECT_LT(errors, 1.6 * spread);
}

}  // namespace
}  // namespace stepwise
