// The sampler of score SDEs, held to its own formulas: on pictures in [0, 1], as they are written.
#include <gtest/gtest.h>

#include "closed_forms.h"
#include "diffusion/sampler.h"
#include "schedules.h"

namespace stepwise {
namespace {

Schedule score_sde(const std::string& keys = "") {
  return schedule_with("ScoreSdeVeScheduler", keys);
}

// A network's score of pictures in [0, 1].
Tensor score(const Tensor& x, double sigma) {
  return (0.5 + 0.3 * torch::tanh(x) - x) / (0.04 + sigma * sigma);
}

const Network kNetwork = [](const Tensor& x, const Tensor& time, const Conditioning&) {
  return score(x, time[0].item<double>());
};

Tensor numbers(double factor) {
  return (factor * torch::arange(1, 13, torch::kDouble)).sin().view({1, 3, 2, 2});
}

// The draws of a step, in order.
StepNoise draws(const std::vector<Tensor>& noise) {
  return [=, next = std::size_t(0)](const Tensor&) mutable { return noise.at(next++); };
}

Tensor stepped(const Schedule& schedule, int step, const Tensor& own_x,
               const std::vector<Tensor>& noise) {
  SampleSettings settings = settings_of(schedule);
  settings.steps = 3;
  const Levels levels = levels_of(settings, schedule);
  History history;
  const Tensor x = sampler_step(settings, levels, step, network_denoiser(kNetwork, levels),
                                2 * own_x - 1, history, draws(noise))
                       .x;
  return (x + 1) / 2;
}

Tensor by_hand_corrected(const Tensor& x, double sigma, double snr, const Tensor& noise) {
  const Tensor f = score(x, sigma);
  const double ratio = snr * noise.norm().item<double>() / f.norm().item<double>();
  const double size = 2 * ratio * ratio;
  return x + size * f + std::sqrt(2 * size) * noise;
}

// Levels 100, 1 and 0.01, of which the network sees the last but one and the last a hair late.
const std::string kThreeLevels = R"(, "sigma_min": 0.01, "sigma_max": 100)";

TEST(PredictorCorrector, AStepIsTheOneOfThePaper) {
  const double late = std::pow(1e4, 0.5e-5);
  Tensor x = 3 * numbers(1);
  x = by_hand_corrected(x, late, 0.2, numbers(2));
  x = by_hand_corrected(x, late, 0.2, numbers(3));
  const double fall = 1 - 0.01 * 0.01;
  const Tensor wanted = x + fall * score(x, late) + std::sqrt(fall) * numbers(4);
  const Schedule schedule = score_sde(kThreeLevels + R"(, "snr": 0.2, "correct_steps": 2)");
  const Tensor got = stepped(schedule, 1, 3 * numbers(1), {numbers(2), numbers(3), numbers(4)});
  EXPECT_TRUE(torch::allclose(got, wanted, 1e-5, 1e-5));
}

TEST(PredictorCorrector, TheLastStepKeepsItsMean) {
  const double late = std::pow(1e4, 1e-5) * 0.01;
  const Tensor x = by_hand_corrected(numbers(1), late, 0.15, numbers(2));
  const Tensor got = stepped(score_sde(kThreeLevels), 2, numbers(1), {numbers(2)});
  EXPECT_TRUE(torch::allclose(got, x + 1e-4 * score(x, late), 1e-5, 1e-5));
}

TEST(ScoreLevels, AreGeometricAndTheStepsTakeAwayWhatLiesBetweenThem) {
  const Schedule schedule = score_sde(R"(, "sigma_min": 0.01, "sigma_max": 100)");
  const Levels levels = own_levels(schedule, 5);
  EXPECT_EQ(levels.start, 200);  // Twice its own, as our pictures are.
  const std::vector<double> own{100, 10, 1, 0.1, 0.01};
  for (std::size_t i = 0; i < 5; ++i) {
    const double below = i < 4 ? own[i + 1] : 0;
    // The network's levels end a hair above sigma_min: at sampling_eps = 1e-5.
    const double late = std::pow(1e4, 1e-5 * double(i) / 4);
    EXPECT_NEAR(levels.sigmas[i] / (2 * own[i] * late), 1, 1e-6);
    EXPECT_NEAR(levels.times[i] / (own[i] * late), 1, 1e-6);
    EXPECT_NEAR(levels.fall(int(i)) / (4 * (own[i] * own[i] - below * below)), 1, 1e-5);
  }
}

TEST(PredictorCorrector, TheSettingsOfAScoreSdeAreItsPipelines) {
  const SampleSettings settings = settings_of(score_sde(R"(, "snr": 0.075, "correct_steps": 2)"));
  EXPECT_EQ(settings.sampler, SamplerKind::kPredictorCorrector);
  EXPECT_EQ(settings.options.snr, 0.075);
  EXPECT_EQ(settings.options.corrections, 2);
  EXPECT_EQ(settings.options.clip, 0);
  EXPECT_EQ(settings.steps, kSteps.max);  // Of its 2000.
  EXPECT_EQ(settings_of(score_sde(R"(, "num_train_timesteps": 30)")).steps, 30);
  EXPECT_NO_THROW(check(settings));
}

// Langevin steps of finite length widen a Gaussian by a share of snr^2.
TEST(PredictorCorrector, GaussianDataKeepItsSpreadInManySteps) {
  const double mean = 0.3, spread = 0.5;
  const Schedule schedule = score_sde();
  SampleSettings settings = settings_of(schedule);
  settings.steps = 400;
  const Levels levels = levels_of(settings, schedule);
  for (const int corrections : {0, 1, 2}) {
    settings.options.corrections = corrections;
    const PictureNoise noise(4, picture_range(0, 10));
    Tensor x = levels.start * noise.draw(NoiseUse::kStart, 0, {3, 16, 16});
    History history;
    for (int step = 0; step < levels.steps(); ++step)
      x = sampler_step(settings, levels, step, gaussian_denoiser(mean, spread), x, history,
                       step_noise(noise, step))
              .x;
    EXPECT_NEAR(x.mean().item<double>(), mean, 0.03) << corrections;
    EXPECT_NEAR(x.std().item<double>() / spread, 1, 0.03) << corrections;
  }
}

}  // namespace
}  // namespace stepwise
