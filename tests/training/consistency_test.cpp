// Tuning for few steps: each guess is to repeat the network's own at a lower level.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/autograd.h>
#include <torch/utils.h>

#include <cmath>
#include <vector>

#include "error_of.h"
#include "temporary_folder.h"
#include "toy_data.h"
#include "training/batches.h"
#include "training/gradients.h"
#include "training/loss.h"
#include "training/network.h"
#include "training/rate_finder.h"
#include "training/trainer.h"
#include "training/trial.h"

namespace stepwise {
namespace {

using testing::HasSubstr;
using torch::Tensor;

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
  EXPECT_NEAR(below(1e-3, 1, 8), 1e-3 * (1 - 5. / 256), 1e-8);
}

// What a step of the toy network is to learn where all levels below are half as high.
struct Half {
  Half() {
    const Recipe recipe = toy_recipe(1);
    net = new_network(recipe, toy_data());
    const torch::NoGradGuard no_gradients;
    net->conv_out->weight.fill_(0.02);  // At zero nothing before it would get a gradient.
    const Regressor regressor = regressor_of(recipe, torch::kCPU);
    batch = Batches(recipe, toy_data(), regressor).of(0);
    regression = regressor.consistent(batch.clean, batch.noise, batch.sigma, batch.sigma / 2,
                                      recipe.weighting);
  }

  // In one pass, with gradients through the network's own answer or without.
  Gradients whole(bool through_own) {
    const OwnAnswer& own = regression.own;
    const Tensor answer = net->forward(own.input, own.timestep, batch.labels);
    Regression complete = regression;
    complete.target = regression.target + own.scale * (through_own ? answer : answer.detach());
    const Tensor given = net->forward(regression.input, regression.timestep, batch.labels);
    const Tensor loss = losses_of(complete, given).mean();
    return {loss.detach(), torch::autograd::grad({loss}, net->parameters())};
  }
  Gradients staged() {
    return gradients_of(net, net->parameters(), regression, batch.labels, false);
  }

  UNet2DModel net{nullptr};
  Batch batch;
  Regression regression;
};

double relative_difference(const Gradients& a, const Gradients& b) {
  double difference = 0, size = 0;
  for (std::size_t i = 0; i < a.of_parameters.size(); ++i) {
    difference += (a.of_parameters[i] - b.of_parameters[i]).square().sum().item<double>();
    size += a.of_parameters[i].square().sum().item<double>();
  }
  return std::sqrt(difference / size);
}

TEST(Consistency, NoGradientsFlowThroughWhatItIsToRepeat) {
  Half half;
  const Gradients staged = half.staged(), detached = half.whole(false);
  EXPECT_NEAR(staged.loss.item<double>(), detached.loss.item<double>(), 1e-5);
  EXPECT_LT(relative_difference(detached, staged), 1e-4);
  EXPECT_GT(relative_difference(detached, half.whole(true)), 0.05);
}

TEST(Consistency, GradientsAreTheSameHoweverManyThreadsShareTheBatch) {
  const int before = torch::get_num_threads();
  Half half;
  torch::set_num_threads(1);
  const Gradients alone = half.staged();
  torch::set_num_threads(3);
  const Gradients shared = half.staged(), again = half.staged();
  torch::set_num_threads(before);
  EXPECT_EQ(relative_difference(shared, again), 0);
  EXPECT_NEAR(alone.loss.item<double>(), shared.loss.item<double>(), 1e-5);
  EXPECT_LT(relative_difference(alone, shared), 1e-4);
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
