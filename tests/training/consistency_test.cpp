// Tuning for few steps: each guess is to repeat the network's own at a lower level.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "error_of.h"
#include "temporary_folder.h"
#include "toy_data.h"
#include "training/loss.h"
#include "training/network.h"
#include "training/rate_finder.h"
#include "training/trainer.h"
#include "training/trial.h"

namespace stepwise {
namespace {

using testing::HasSubstr;

Recipe tuning(int consistency, std::int64_t steps) {
  Recipe recipe = toy_recipe(steps);
  recipe.consistency = consistency;
  return recipe;
}

// That of one level, when so much of the budget is spent.
double below(double sigma, double spent, int halvings) {
  return level_below(torch::full({1}, sigma), torch::full({}, spent), halvings).item<double>();
}

TEST(LevelBelow, IsZeroInTheFirstStage) {
  for (const double sigma : {0.002, 0.3, 1., 80.})
    for (const double spent : {0., 0.1, 0.33}) EXPECT_EQ(below(sigma, spent, 2), 0) << sigma;
}

TEST(LevelBelow, HalvesTheWayInEachStage) {
  // Where e^sigma is beyond all numbers, n is 1.
  EXPECT_NEAR(below(128, 0.34, 2), 64, 1e-4);
  EXPECT_NEAR(below(128, 0.66, 2), 64, 1e-4);
  EXPECT_NEAR(below(128, 0.67, 2), 96, 1e-4);
  EXPECT_NEAR(below(128, 1, 2), 96, 1e-4);  // And no further.
  EXPECT_NEAR(below(128, 1, 8), 127.5, 1e-4);
}

TEST(LevelBelow, LeavesALongerWayWhereThereIsLittleNoise) {
  const double sigma = std::log(3.);  // n = 1 + 8 / 4.
  EXPECT_NEAR(below(sigma, 1, 8), sigma * (1 - 3. / 256), 1e-6);
  EXPECT_EQ(below(sigma, 0.5, 1), 0);  // 3 / 2 of it: down to the clean picture.
  EXPECT_NEAR(below(1e-3, 1, 8), 1e-3 * (1 - 5. / 256), 2e-8);
}

std::vector<float> losses_of_next(Trainer& trainer, int steps) {
  std::vector<float> losses;
  for (int i = 0; i < steps; ++i) losses.push_back(trainer.step().loss);
  return losses;
}

TEST(Consistency, TuningBeginsAsPlainDenoisingToTheLastBit) {
  Trainer plain(tuning(0, 10), toy_data(), torch::kCPU),
      tuned(tuning(1, 10), toy_data(), torch::kCPU);
  EXPECT_EQ(losses_of_next(plain, 5), losses_of_next(tuned, 5));
  EXPECT_NE(losses_of_next(plain, 1), losses_of_next(tuned, 1));  // Half of the budget is spent.
}

TEST(Consistency, TheSameSeedGivesTheSameNumbersAlsoWhereARunIsResumed) {
  const TemporaryFolder folder;
  Trainer whole(tuning(2, 12), toy_data(), torch::kCPU),
      begun(tuning(2, 12), toy_data(), torch::kCPU);
  const std::vector<float> losses = losses_of_next(whole, 10);
  const std::vector<float> first = losses_of_next(begun, 6);
  begun.save(folder.path());
  Trainer rest = Trainer::resume(folder.path(), toy_data(), torch::kCPU);
  std::vector<float> both = first;
  for (const float loss : losses_of_next(rest, 4)) both.push_back(loss);
  EXPECT_EQ(both, losses);
}

TEST(Consistency, PicturesAreDrawnInTwoEvaluations) {
  Recipe recipe = tuning(8, 5);
  for (const double begin : {0., 2., 0.5}) {
    recipe.gaussian_sigma = begin;
    const SampleSettings settings = info_of(recipe, toy_data()).defaults;
    EXPECT_EQ(settings.sampler, SamplerKind::kConsistency);
    EXPECT_EQ(error_of([&] { check(settings); }), "") << begin;
    EXPECT_EQ(evaluations_per_picture(settings), 2) << begin;
  }
}

TEST(Consistency, TheNetworkKnowsTheLevelsThatItKnewBefore) {
  const SchedulerConfig before = scheduler_of(tuning(0, 5)).config,
                        after = scheduler_of(tuning(8, 5)).config;
  EXPECT_EQ(after.sigma_min, before.sigma_min);
  EXPECT_EQ(after.sigma_max, before.sigma_max);
}

TEST(Consistency, WhatTrainsNewNetworksRefusesIt) {
  constexpr int kPairs = kTrialPairs.min;
  const Dataset data = toy_data();
  const Recipe recipe = tuning(2, 5), usual = tuning(0, 5);
  EXPECT_THAT(error_of([&] { RateFinder(recipe, data, torch::kCPU); }), HasSubstr("From model"));
  EXPECT_THAT(error_of([&] { Trial(usual, recipe, kPairs, data, torch::kCPU); }),
              HasSubstr("From model"));
  EXPECT_EQ(error_of([&] { Trial(usual, usual, kPairs, data, torch::kCPU); }), "");
}

}  // namespace
}  // namespace stepwise
