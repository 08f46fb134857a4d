#include "training/loss.h"

#include <gtest/gtest.h>

#include <cmath>

#include "training/ema.h"

namespace stepwise {
namespace {

TEST(StratifiedSigmas, OneLevelFallsIntoEachQuantile) {
  Recipe recipe;
  recipe.sigma_mean = -0.8;
  recipe.sigma_std = 1.2;
  const int count = 50;
  const auto sigmas = stratified_sigmas(recipe, torch::rand({count}, torch::kDouble));
  ASSERT_EQ(sigmas.sizes(), at::IntArrayRef({count}));
  for (int i = 0; i < count; ++i) {
    const double normal = (std::log(sigmas[i].item<double>()) + 0.8) / 1.2;
    const double quantile = std::erfc(-normal / std::sqrt(2.0)) / 2;
    EXPECT_GE(quantile, i / double(count) - 1e-4);
    EXPECT_LE(quantile, (i + 1) / double(count) + 1e-4);
  }
}

TEST(StratifiedSigmas, AreAlwaysFiniteAndPositive) {
  for (const double within : {0., 1e-12, 0.5, 1.}) {
    const auto sigmas =
        stratified_sigmas(Recipe{}, torch::full({1}, within, torch::dtype(torch::kDouble)));
    EXPECT_TRUE(torch::isfinite(sigmas).all().item<bool>() && sigmas.min().item<float>() > 0);
  }
}

TEST(Ema, IsExactOnAScalar) {
  const torch::Tensor average = torch::full({1}, 2.0), weights = torch::full({1}, 4.0);
  const torch::Tensor sound = torch::ones({}, torch::kDouble);
  ema_update(average, weights, 0.75 * sound, sound - 1);
  EXPECT_EQ(average[0].item<float>(), 2);
  ema_update(average, weights, 0.75 * sound, sound);
  EXPECT_EQ(average[0].item<float>(), 0.75f * 2 + 0.25f * 4);
  ema_update(average, weights, 0 * sound, sound);
  EXPECT_EQ(average[0].item<float>(), 4);
}

TEST(Ema, HalfLifeIsAShareOfTheStepsSoFar) {
  EXPECT_EQ(ema_decay(0.05, 1), 0);
  EXPECT_NEAR(std::pow(ema_decay(0.05, 1000), 50), 0.5, 1e-9);
  EXPECT_NEAR(std::pow(ema_decay(0.1, 2000), 200), 0.5, 1e-9);
  EXPECT_EQ(ema_decay(0.05, 5), 0.5);  // Never shorter than a step.
  EXPECT_EQ(ema_decay(0, 1000), 0);
}

TEST(SigmaBins, AreEvenInTheLogarithm) {
  const auto edges = sigma_bin_edges();
  ASSERT_EQ(edges.size(), kSigmaBins + 1u);
  EXPECT_NEAR(edges.front(), 0.02, 1e-12);
  EXPECT_NEAR(edges.back(), 20, 1e-9);
  for (int i = 1; i < kSigmaBins; ++i)
    EXPECT_NEAR(edges[i] / edges[i - 1], edges[1] / edges[0], 1e-9);
}

}  // namespace
}  // namespace stepwise
