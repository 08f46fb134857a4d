#include "diffusion/sampler.h"

#include <gtest/gtest.h>

#include "closed_forms.h"
#include "diffusion/grid.h"
#include "diffusion/noise.h"

namespace stepwise {
namespace {

constexpr double kMean = 0.3, kSpread = 0.5;

SampleSettings with(SamplerKind kind) {
  SampleSettings settings;
  settings.sampler = kind;
  return settings;
}

Tensor number(double value) { return torch::full({1, 1, 1, 1}, value, torch::kDouble); }

// Levels from 1 to 0.1, in equal steps of sigma or of ln sigma.
std::vector<double> levels(int steps, bool logarithmic) {
  std::vector<double> sigmas;
  for (int i = 0; i <= steps; ++i) {
    const double t = double(i) / steps;
    sigmas.push_back(logarithmic ? std::pow(0.1, t) : 1 - 0.9 * t);
  }
  return sigmas;
}

// Distance from the exact trajectory, at its end, of a sampler that takes it in so many steps. A
// `primed` sampler is on the exact trajectory for its first three steps, as if it had always run.
double error(SamplerKind kind, int steps, bool logarithmic = false, bool primed = false) {
  const Denoise denoise = gaussian_denoiser(kMean, kSpread);
  const std::vector<double> sigmas = levels(steps, logarithmic);
  const Tensor start = number(1.7);
  const auto exact = [&](double sigma) {
    return gaussian_ode(start, kMean, kSpread, sigmas[0], sigma);
  };
  History history;
  Tensor x = start;
  for (int i = 0; i < steps; ++i) {
    x = sampler_step(with(kind), denoise, x, sigmas[i], sigmas[i + 1], history, no_noise).x;
    if (primed && i < 3) x = exact(sigmas[i + 1]);
  }
  return (x - exact(sigmas.back())).abs().item<double>();
}

// x at the end of a whole run from noise, `pictures` pictures of one number.
Tensor run(const SampleSettings& settings, const Denoise& denoise, int pictures) {
  const PictureNoise noise(settings.seed, picture_range(0, pictures));
  const std::vector<double> sigmas = sigma_grid(settings);
  Tensor x = sigmas[0] * noise.draw(NoiseUse::kStart, 0, {1, 1, 1});
  History history;
  for (int i = 0; i < settings.steps; ++i) {
    const auto fresh = [&](const Tensor& at) { return noise.like(NoiseUse::kStep, i, at); };
    x = sampler_step(settings, denoise, x, sigmas[i], sigmas[i + 1], history, fresh).x;
  }
  return x;
}

class EachSampler : public testing::TestWithParam<SamplerKind> {};
INSTANTIATE_TEST_SUITE_P(All, EachSampler,
                         testing::Values(SamplerKind::kEuler, SamplerKind::kHeun,
                                         SamplerKind::kDpmPlusPlus2M, SamplerKind::kIpndm4,
                                         SamplerKind::kEulerAncestral,
                                         SamplerKind::kDpmPlusPlus2MSde),
                         [](const auto& kind) {
                           std::string name;
                           for (const char c : name_of(kind.param).id)
                             if (std::isalnum(c)) name += c;
                           return name;
                         });

TEST(Euler, HalvingTheStepHalvesTheError) {
  EXPECT_NEAR(error(SamplerKind::kEuler, 160) / error(SamplerKind::kEuler, 320), 2, 0.05);
}

TEST(Heun, HalvingTheStepQuartersTheError) {
  EXPECT_NEAR(error(SamplerKind::kHeun, 80) / error(SamplerKind::kHeun, 160), 4, 0.1);
}

TEST(DpmPlusPlus2M, HalvingTheStepQuartersTheErrorOnEvenAndUnevenLevels) {
  const auto ratio = [](bool logarithmic) {
    return error(SamplerKind::kDpmPlusPlus2M, 320, logarithmic) /
           error(SamplerKind::kDpmPlusPlus2M, 640, logarithmic);
  };
  EXPECT_NEAR(ratio(true), 4, 0.2);
  EXPECT_NEAR(ratio(false), 4, 0.2);
}

TEST(Ipndm4, HalvingTheStepDividesTheErrorBy16OnceItHasAHistory) {
  const double ratio =
      error(SamplerKind::kIpndm4, 160, false, true) / error(SamplerKind::kIpndm4, 320, false, true);
  EXPECT_NEAR(ratio, 16, 1);
}

TEST(Ipndm4, StartsAsEulerAndIsOfSecondOrderFromACleanStart) {
  const Tensor x = number(1.7), guess = number(0.4);
  EXPECT_NEAR(ipndm4_step(x, guess, 2, 1, {}).item<double>(),
              euler_step(x, guess, 2, 1).item<double>(), 1e-15);
  EXPECT_NEAR(error(SamplerKind::kIpndm4, 320) / error(SamplerKind::kIpndm4, 640), 4, 0.4);
}

TEST(DpmPlusPlus2M, StartsAsEuler) {
  const Tensor x = number(1.7), guess = number(0.4);
  EXPECT_TRUE(torch::equal(dpmpp_2m_step(x, guess, 2, 1, {}), euler_step(x, guess, 2, 1)));
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
  const Tensor moved = euler_ancestral_step(x, guess, sigma, next, 1, [&](const Tensor& at) {
    return noise.like(NoiseUse::kStep, 0, at);
  });
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
  SampleSettings settings = with(GetParam());
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
  const Denoise denoise = two_modes_denoiser(0.3, 0.2);
  const Tensor x = torch::randn({3, 1, 2, 2});
  History history;
  history.remember({2, x + 1, x});
  const Step last = sampler_step(with(GetParam()), denoise, x, 0.5, 0, history, no_noise);
  EXPECT_TRUE(torch::equal(last.x, denoise(x, 0.5)));
  EXPECT_TRUE(torch::equal(last.denoised, last.x));
}

TEST_P(EachSampler, StaysFiniteFromHugeToTinyNoise) {
  SampleSettings settings = with(GetParam());
  settings.sigma_max = kSigma.max;
  settings.sigma_min = kSigma.min;
  for (const int steps : {1, 2, 3, 40}) {
    settings.steps = steps;
    const Tensor x = run(settings, clamped(two_modes_denoiser(0.5, 0.1)), 20);
    EXPECT_TRUE((x.abs() <= 1).all().item<bool>()) << steps << " steps";
  }
}

TEST_P(EachSampler, EvaluatesAsOftenAsItsNameSays) {
  int evaluations = 0;
  const Denoise counted = [&](const Tensor& x, double sigma) {
    ++evaluations;
    return gaussian_denoiser(0, 1)(x, sigma);
  };
  History history;
  sampler_step(with(GetParam()), counted, number(1), 2, 1, history, no_noise);
  EXPECT_EQ(evaluations, name_of(GetParam()).evaluations);
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
