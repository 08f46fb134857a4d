// Every sampler of the table against data whose trajectories are known exactly: halving the steps
// divides the error by 2 to the power of the order that the table declares.
#include <gtest/gtest.h>
#include <torch/utils.h>

#include "closed_forms.h"
#include "diffusion/each_sampler.h"
#include "diffusion/sampler.h"

namespace stepwise {
namespace {

constexpr double kCloudMean = 0.3, kCloudSpread = 0.5;
constexpr double kFirst = 1, kLast = 0.1;  // Levels, in equal steps of sigma.

class Convergence : public testing::TestWithParam<SamplerName> {};
INSTANTIATE_TEST_SUITE_P(Sampler, Convergence, testing::ValuesIn(kSamplers), test_name);

Levels even_levels(int steps) {
  std::vector<double> sigmas;
  for (int i = 0; i <= steps; ++i) sigmas.push_back(kFirst + (kLast - kFirst) * i / steps);
  return {Schedule(), sigmas, {}};
}

// These runs end at a level above 0, where no last step needs to be of lower order. Corrections are
// no part of the equation that is solved.
SampleSettings settings_with(SamplerKind kind) {
  SampleSettings settings;
  settings.sampler = kind;
  settings.options.lower_order_final = false;
  settings.options.corrections = 0;
  return settings;
}

// Distance from the exact trajectory at its end. The first three steps are exact, as if the sampler
// had always run, so that its order is not that of its start.
double trajectory_error(const SampleSettings& settings, int steps) {
  const Tensor start = torch::full({1, 1, 1, 1}, 1.7, torch::kDouble);
  const auto exact = [&](double sigma) {
    return gaussian_ode(start, kCloudMean, kCloudSpread, kFirst, sigma);
  };
  const Levels levels = even_levels(steps);
  History history;
  Tensor x = start;
  for (int i = 0; i < steps; ++i) {
    x = sampler_step(settings, levels, i, gaussian_denoiser(kCloudMean, kCloudSpread), x, history,
                     no_noise)
            .x;
    if (i >= 3) continue;
    x = exact(levels.sigmas[std::size_t(i) + 1]);
    if (history.corrected.defined()) history.corrected = exact(levels.sigmas[std::size_t(i)]);
  }
  return (x - exact(kLast)).abs().item<double>();
}

// Error of the variance at the end. Everything is linear in the start and in each draw of noise, so
// the variance is the sum of squares of what each of them alone becomes: one row each.
double variance_error(const SampleSettings& settings, int steps) {
  const Levels levels = even_levels(steps);
  Tensor x = torch::zeros({steps + 1, 1, 1, 1}, torch::kDouble);
  x[0] = std::sqrt(kCloudSpread * kCloudSpread + kFirst * kFirst);
  History history;
  for (int i = 0; i < steps; ++i) {
    const auto alone = [&](const Tensor& at) {
      Tensor noise = torch::zeros_like(at);
      noise[i + 1] = 1;
      return noise;
    };
    x = sampler_step(settings, levels, i, gaussian_denoiser(0, kCloudSpread), x, history, alone).x;
  }
  return std::abs(x.square().sum().item<double>() - kCloudSpread * kCloudSpread - kLast * kLast);
}

TEST_P(Convergence, HalvingTheStepsShowsTheOrder) {
  const SamplerName& name = GetParam();
  if (name.order == 0) GTEST_SKIP() << "no solver of an equation";
  const auto error = name.fresh == FreshNoise::kNone ? trajectory_error : variance_error;
  const double order =
      std::log2(error(settings_with(name.kind), 320) / error(settings_with(name.kind), 640));
  EXPECT_NEAR(order, name.order, 0.2);
  RecordProperty("order", text_of(order));
}

TEST(DpmSolver, AsDiffusersHasItsThirdOrderWeighsLessAndIsOfSecondOrder) {
  SampleSettings settings = settings_with(SamplerKind::kDpmPlusPlus3M);
  for (const bool noise : {false, true}) {
    settings.options.extrapolate_noise = noise;
    settings.options.third_order_as_diffusers = false;
    const auto order = [&] {
      return std::log2(trajectory_error(settings, 320) / trajectory_error(settings, 640));
    };
    EXPECT_NEAR(order(), 3, 0.2);
    settings.options.third_order_as_diffusers = true;
    EXPECT_NEAR(order(), 2, 0.2);
  }
}

TEST(DpmSolver, AndUniPcKeepTheirOrderInEveryVariant) {
  const auto order = [](SampleSettings settings) {
    return std::log2(trajectory_error(settings, 320) / trajectory_error(settings, 640));
  };
  for (const SamplerKind kind : {SamplerKind::kDpmPlusPlus2M, SamplerKind::kUniPc1,
                                 SamplerKind::kUniPc2, SamplerKind::kUniPc3})
    for (const bool noise : {false, true})
      for (const bool other : {false, true}) {
        SampleSettings settings = settings_with(kind);
        settings.options.extrapolate_noise = noise;
        settings.options.bh1 = other;
        settings.options.second_order = other ? SecondOrder::kHeun : SecondOrder::kMidpoint;
        EXPECT_NEAR(order(settings), name_of(kind).order, 0.2)
            << name_of(kind).id << noise << other;
      }
}

// What a consistency model answers for Gaussian data: the end of the exact trajectory through x.
Denoise consistency_function() {
  return [](const Tensor& x, double sigma) {
    return gaussian_ode(x, kCloudMean, kCloudSpread, sigma, 0);
  };
}

TEST(Consistency, IsExactForAConsistencyModelInAnyNumberOfSteps) {
  const int n = 20000;
  for (const int steps : {1, 2, 5}) {
    std::vector<double> sigmas;
    for (int i = 0; i <= steps; ++i) sigmas.push_back(50. * (steps - i) / steps);
    const Levels levels{Schedule(), sigmas, {}};
    torch::manual_seed(5);
    const auto noise = [](const Tensor& x) { return torch::randn_like(x); };
    Tensor x =
        kCloudMean + std::sqrt(2500 + kCloudSpread * kCloudSpread) * torch::randn({n, 1, 1, 1});
    History history;
    for (int i = 0; i < steps; ++i)
      x = sampler_step(settings_with(SamplerKind::kConsistency), levels, i, consistency_function(),
                       x, history, noise)
              .x;
    EXPECT_NEAR(x.mean().item<double>(), kCloudMean, 0.02) << steps;
    EXPECT_NEAR(x.std().item<double>(), kCloudSpread, 0.02) << steps;
  }
}

}  // namespace
}  // namespace stepwise
