#include "training/loss.h"

#include <gtest/gtest.h>

#include <cmath>

#include "training/ema.h"
#include "training/network.h"

namespace stepwise {
namespace {

TEST(StratifiedSigmas, OneLevelFallsIntoEachQuantile) {
  Recipe recipe;
  recipe.sigma_mean = -0.8;
  recipe.sigma_std = 1.2;
  const int count = 50;
  const auto sigmas = stratified_sigmas(recipe, regressor_of(recipe, torch::kCPU),
                                        torch::rand({count}, torch::kDouble));
  ASSERT_EQ(sigmas.sizes(), at::IntArrayRef({count}));
  for (int i = 0; i < count; ++i) {
    const double normal = (std::log(sigmas[i].item<double>()) + 0.8) / 1.2;
    const double quantile = std::erfc(-normal / std::sqrt(2.0)) / 2;
    EXPECT_GE(quantile, i / double(count) - 1e-4);
    EXPECT_LE(quantile, (i + 1) / double(count) + 1e-4);
  }
}

Recipe recipe_of(Parameterisation parameterisation, LevelDraw levels) {
  Recipe recipe;
  recipe.parameterisation = parameterisation;
  recipe.levels = levels;
  return recipe;
}

TEST(StratifiedSigmas, AreLevelsThatTheNetworkKnows) {
  for (const auto& [parameterisation, name] : kParameterisations)
    for (const auto& [levels, draw] : kLevelDraws)
      for (const double within : {0., 1e-12, 0.5, 1.}) {
        const Recipe recipe = recipe_of(parameterisation, levels);
        const Regressor regressor = regressor_of(recipe, torch::kCPU);
        const auto sigmas =
            stratified_sigmas(recipe, regressor, torch::full({1}, within, torch::kDouble));
        const double sigma = sigmas.item<double>();
        EXPECT_GT(sigma, 0) << name << ' ' << draw;
        EXPECT_GE(sigma, regressor.schedule().sigma_min() * (1 - 1e-6)) << name << ' ' << draw;
        EXPECT_LE(sigma, regressor.schedule().sigma_max() * (1 + 1e-6)) << name << ' ' << draw;
      }
}

TEST(StratifiedSigmas, AreUniformInTheNetworksTimeWhereAsked) {
  constexpr int kCount = 40;
  const auto middles = torch::full({kCount}, 0.5, torch::kDouble);
  for (const auto& [parameterisation, name] : kParameterisations) {
    const Recipe recipe = recipe_of(parameterisation, LevelDraw::kUniform);
    const Regressor regressor = regressor_of(recipe, torch::kCPU);
    const Schedule& schedule = regressor.schedule();
    const auto sigmas = stratified_sigmas(recipe, regressor, middles);
    std::vector<double> times;
    for (int i = 0; i < kCount; ++i) times.push_back(schedule.time(sigmas[i].item<double>()));
    const double gap = (times.back() - times.front()) / (kCount - 1);
    EXPECT_GT(gap, 0) << name;
    for (int i = 1; i < kCount; ++i) EXPECT_NEAR((times[i] - times[i - 1]) / gap, 1, 0.03) << name;
  }
}

TEST(StratifiedSigmas, OfAnExpertLieInItsInterval) {
  for (const auto& [levels, draw] : kLevelDraws) {
    Recipe recipe = recipe_of(Parameterisation::kEdm, levels);
    recipe.sigma_low = 0.5;
    recipe.sigma_high = 3;
    const Regressor regressor = regressor_of(recipe, torch::kCPU);
    const auto sigmas =
        stratified_sigmas(recipe, regressor, torch::full({200}, 0.5, torch::kDouble));
    EXPECT_NEAR(sigmas[0].item<double>(), 0.5, 0.01) << draw;
    EXPECT_NEAR(sigmas[199].item<double>(), 3, 0.05) << draw;
    recipe.gaussian_sigma = 2;
    const auto lower = stratified_sigmas(recipe, regressor_of(recipe, torch::kCPU),
                                         torch::full({200}, 0.5, torch::kDouble));
    EXPECT_NEAR(lower[199].item<double>(), 2, 0.05) << draw;
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

TEST(LevelBins, OfNoiseAreEvenInTheLogarithm) {
  const auto edges = level_bin_edges(Degradation::kNoise);
  ASSERT_EQ(edges.size(), kLevelBins + 1u);
  EXPECT_NEAR(edges.front(), 0.02, 1e-12);
  EXPECT_NEAR(edges.back(), 20, 1e-9);
  for (int i = 1; i < kLevelBins; ++i)
    EXPECT_NEAR(edges[i] / edges[i - 1], edges[1] / edges[0], 1e-9);
}

TEST(LevelBins, OfOtherDegradationsAreEvenInSeverityAndHoldAsManyLevelsEach) {
  const auto edges = level_bin_edges(Degradation::kBlur);
  EXPECT_EQ(edges.front(), 0);
  EXPECT_EQ(edges.back(), 1);
  const auto levels = even_levels(Degradation::kBlur, 4 * kLevelBins);
  for (int bin = 0; bin < kLevelBins; ++bin) {
    const auto inside = (levels >= edges[bin]) & (levels < edges[bin + 1]);
    EXPECT_EQ(inside.sum().item<int>(), 4) << bin;
  }
}

TEST(StratifiedSigmas, OfOtherDegradationsAreAllSeveritiesAlikeWhateverTheRecipeSaysOfNoise) {
  Recipe recipe;
  recipe.degradation = Degradation::kBlocks;
  recipe.levels = LevelDraw::kNormal;
  const Regressor regressor(Schedule(recipe.degradation), 0.71, torch::kCPU);
  const auto drawn = stratified_sigmas(recipe, regressor, torch::full({10}, 0.5));
  EXPECT_TRUE(torch::allclose(drawn, (torch::arange(10) + 0.5f) / 10));
}

}  // namespace
}  // namespace stepwise
