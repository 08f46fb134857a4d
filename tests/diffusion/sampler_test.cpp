#include "diffusion/sampler.h"

#include <gtest/gtest.h>

#include "closed_forms.h"
#include "diffusion/each_sampler.h"
#include "diffusion/move.h"
#include "diffusion/noise.h"
#include "settings/grid.h"

namespace stepwise {
namespace {

constexpr double kMean = 0.3, kSpread = 0.5;

SampleSettings with(SamplerKind kind) {
  SampleSettings settings;
  settings.sampler = kind;
  return settings;
}

Tensor number(double value) { return torch::full({1, 1, 1, 1}, value, torch::kDouble); }

Levels levels_at(std::vector<double> sigmas) { return {Schedule(), std::move(sigmas), {}}; }

// One step from sigma to next, with nothing before.
Tensor one_step(SamplerKind kind, const Denoise& denoise, const Tensor& x, double sigma,
                double next) {
  History history;
  return sampler_step(with(kind), levels_at({sigma, next}), 0, denoise, x, history, no_noise).x;
}

// x at the end of a whole run from noise, so many numbers in pictures of 50.
Tensor run(const SampleSettings& settings, const Denoise& denoise, int numbers) {
  const PictureNoise noise(settings.seed, picture_range(0, numbers / 50));
  const Levels levels = levels_of(settings);
  Tensor x = levels.start * noise.draw(NoiseUse::kStart, 0, {2, 5, 5});
  History history;
  for (int i = 0; i < settings.steps; ++i)
    x = sampler_step(settings, levels, i, denoise, x, history, step_noise(noise, i)).x;
  return x;
}

INSTANTIATE_TEST_SUITE_P(All, EachSampler, testing::ValuesIn(kSamplers), test_name);

TEST(Ipndm4, StartsAsEuler) {
  const Denoise denoise = two_modes_denoiser(0.3, 0.2);
  EXPECT_TRUE(torch::allclose(one_step(SamplerKind::kIpndm4, denoise, number(1.7), 2, 1),
                              one_step(SamplerKind::kEuler, denoise, number(1.7), 2, 1)));
}

TEST(DpmPlusPlus2M, StartsAsEuler) {
  const Denoise denoise = two_modes_denoiser(0.3, 0.2);
  EXPECT_TRUE(torch::equal(one_step(SamplerKind::kDpmPlusPlus2M, denoise, number(1.7), 2, 1),
                           one_step(SamplerKind::kEuler, denoise, number(1.7), 2, 1)));
}

TEST(EulerAncestral, WithoutEtaIsEulerExactly) {
  SampleSettings ancestral = with(SamplerKind::kEulerAncestral), euler = with(SamplerKind::kEuler);
  ancestral.eta = 0;
  const Denoise denoise = two_modes_denoiser(0.3, 0.2);
  EXPECT_TRUE(torch::equal(run(ancestral, denoise, 50), run(euler, denoise, 50)));
}

TEST(EulerAncestral, OneStepIsThePosteriorOfDdpm) {
  const int n = 40000;
  const double sigma = 2, next = 0.8, ratio = next / sigma;
  const PictureNoise noise(3, picture_range(0, n));
  const Tensor x = torch::full({n, 1, 1, 1}, 1.5, torch::kDouble);
  const Tensor guess = torch::full_like(x, 0.25);
  History history;
  const Denoise denoise = [&](const Tensor&, double) { return guess; };
  const Tensor moved =
      sampler_step(with(SamplerKind::kEulerAncestral), levels_at({sigma, next}), 0, denoise, x,
                   history, [&](const Tensor& at) { return noise.like(NoiseUse::kStep, 0, at); })
          .x;
  const double variance = next * next * (1 - ratio * ratio);
  EXPECT_NEAR(moved.mean().item<double>(), 0.25 + ratio * ratio * 1.25,
              4 * std::sqrt(variance / n));
  EXPECT_NEAR(moved.var().item<double>() / variance, 1, 0.03);
}

TEST(EulerAncestral, ReachesTheSpreadOfTheData) {
  SampleSettings settings = with(SamplerKind::kEulerAncestral);
  settings.steps = 100;
  settings.sigma_min = 0.02;
  for (const double eta : {0.5, 1.0}) {
    settings.eta = eta;
    const Tensor x = run(settings, gaussian_denoiser(kMean, kSpread), 5000);
    EXPECT_NEAR(x.mean().item<double>(), kMean, 0.03);
    EXPECT_NEAR(x.std().item<double>(), kSpread, 0.03);
  }
}

TEST(DpmPlusPlus2MSde, WithoutEtaIsDpmPlusPlus2MExactly) {
  SampleSettings sde = with(SamplerKind::kDpmPlusPlus2MSde),
                 ode = with(SamplerKind::kDpmPlusPlus2M);
  sde.eta = 0;
  const Denoise denoise = two_modes_denoiser(0.3, 0.2);
  EXPECT_TRUE(torch::equal(run(sde, denoise, 50), run(ode, denoise, 50)));
}

TEST(DpmPlusPlus2MSde, ReachesTheSpreadOfTheDataInFewerStepsThanEulerAncestral) {
  const auto error = [](SamplerKind kind) {
    SampleSettings settings = with(kind);
    settings.steps = 16;
    settings.sigma_min = 0.02;
    const Tensor x = run(settings, gaussian_denoiser(kMean, kSpread), 20000);
    return std::abs(x.std().item<double>() - kSpread);
  };
  EXPECT_LT(error(SamplerKind::kDpmPlusPlus2MSde), error(SamplerKind::kEulerAncestral) / 2);
}

TEST_P(EachSampler, LandsOnTheModesInTheRightShares) {
  if (GetParam().order == 0) GTEST_SKIP() << "not a solver";
  SampleSettings settings = with(kind());
  settings.steps = 50;
  const int n = 3000;
  const double share = 0.3, spread = 0.05;
  const Tensor x = run(settings, two_modes_denoiser(share, spread), n);
  const double up = (x > 0).to(torch::kDouble).mean().item<double>();
  EXPECT_NEAR(up, share, 4 * std::sqrt(share * (1 - share) / n));
  const Tensor from_mode = (x.abs() - 1).abs();
  EXPECT_LT((from_mode > 5 * spread).to(torch::kDouble).mean().item<double>(), 0.01);
}

TEST_P(EachSampler, LandsOnTheGuessInItsLastStep) {
  if (!lands_on_guess(kind())) GTEST_SKIP() << "its last step is an extrapolation";
  const Denoise denoise = two_modes_denoiser(0.3, 0.2);
  const Tensor x = torch::randn({3, 1, 2, 2});
  History history;
  history.remember({2, x + 1, x});
  const Step last =
      sampler_step(with(kind()), levels_at({2, 0.5, 0}), 1, denoise, x, history, no_noise);
  EXPECT_TRUE(torch::equal(last.x, denoise(x, 0.5)));
  EXPECT_TRUE(torch::equal(last.denoised, last.x));
}

TEST_P(EachSampler, StaysFiniteFromHugeToTinyNoise) {
  SampleSettings settings = with(kind());
  settings.sigma_max = kSigma.max;
  settings.sigma_min = kSigma.min;
  for (const int steps : {1, 2, 3, 40}) {
    settings.steps = steps;
    const Tensor x = run(settings, clamped(two_modes_denoiser(0.5, 0.1)), 50);
    EXPECT_TRUE(x.isfinite().all().item<bool>()) << steps << " steps";
    if (lands_on_guess(kind())) {
      EXPECT_TRUE((x.abs() <= 1).all().item<bool>()) << steps << " steps";
    }
  }
}

TEST_P(EachSampler, EvaluatesAsOftenAsItsNameSays) {
  std::vector<int> evaluations;
  const Denoise counted = [&](const Tensor& x, double sigma) {
    ++evaluations.back();
    return gaussian_denoiser(0, 1)(x, sigma);
  };
  const Levels levels = levels_at({6, 5, 4, 3, 2, 1, 0});
  History history;
  Tensor x = number(1);
  for (int step = 0; step < levels.steps(); ++step) {
    evaluations.push_back(0);
    x = sampler_step(with(kind()), levels, step, counted, x, history, no_noise).x;
  }
  EXPECT_EQ(evaluations[4], GetParam().evaluations);
  EXPECT_EQ(evaluations[5], corrects(kind()) ? 2 : 1);
}

TEST_P(EachSampler, TheSameSeedGivesTheSamePixelsAndAnotherSeedOthers) {
  SampleSettings settings = with(kind());
  const Denoise denoise = two_modes_denoiser(0.3, 0.2);
  const Tensor first = run(settings, denoise, 50);
  EXPECT_TRUE(torch::equal(first, run(settings, denoise, 50)));
  settings.seed = 2;
  EXPECT_FALSE(torch::allclose(first, run(settings, denoise, 50)));
}

TEST_P(EachSampler, FreshNoiseComesOnlyWhereTheTableSaysSo) {
  SampleSettings settings = with(kind());
  const auto draws = [&](double eta) {
    settings.eta = eta;
    int count = 0;
    History history;
    const auto noise = [&](const Tensor& at) { return ++count, torch::zeros_like(at); };
    sampler_step(settings, levels_at({2, 1, 0}), 0, gaussian_denoiser(0, 1), number(1), history,
                 noise);
    return count;
  };
  const int most = corrects(kind()) ? 2 : 1;
  EXPECT_EQ(draws(1), GetParam().fresh == FreshNoise::kNone ? 0 : most);
  EXPECT_EQ(draws(0), GetParam().fresh == FreshNoise::kAll ? most : 0);
}

TEST(History, KeepsTheNewestThree) {
  History history;
  for (const double sigma : {5., 4., 3., 2.}) history.remember({sigma, number(sigma), number(0)});
  ASSERT_EQ(history.past.size(), 3u);
  EXPECT_EQ(history.past[0].sigma, 2);
  EXPECT_EQ(history.past[2].sigma, 4);
  history.clear();
  EXPECT_TRUE(history.past.empty());
}

}  // namespace
}  // namespace stepwise
