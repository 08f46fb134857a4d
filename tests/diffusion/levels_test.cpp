#include "diffusion/levels.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include "closed_forms.h"
#include "diffusion/sampler.h"
#include "schedules.h"

namespace stepwise {
namespace {

// What the networks of a class may answer with, as keys of its file.
std::vector<std::string> predictions_of(SchedulerClass kind) {
  using Kind = SchedulerClass;
  if (kind == Kind::kFlowEuler || kind == Kind::kScoreSdeVe) return {""};
  std::vector<std::string> keys;
  for (const char* type : {"epsilon", "v_prediction", "sample"})
    if (has_betas(kind) || std::string(type) != "sample")
      keys.push_back(std::string(R"(, "prediction_type": ")") + type + "\"");
  if (is_solver(kind)) keys.push_back(kFlowKeys);
  return keys;
}

// What the network was trained to answer.
Tensor target(const Schedule& schedule, const Tensor& clean, const Tensor& noise, double sigma) {
  const std::string& type = schedule.config().prediction_type;
  const double alpha = 1 / std::sqrt(1 + sigma * sigma);
  if (is_flow(schedule.config())) return noise - clean;
  if (type == "score") return -2 * noise / sigma;  // Of pictures half as large.
  if (!schedule.has_table()) {
    const Coefficients c = schedule.at(sigma);
    return (clean - c.skip * (clean + sigma * noise)) / c.out;
  }
  if (type == "epsilon") return noise;
  return type == "sample" ? clean : alpha * noise - sigma * alpha * clean;
}

TEST(Schedule, APerfectNetworkOfEveryKindDenoisesPerfectly) {
  torch::manual_seed(2);
  const Tensor clean = torch::rand({2, 1, 4, 4}, torch::kDouble) * 2 - 1;
  const Tensor noise = torch::randn_like(clean);
  for (const Named<SchedulerClass>& known : kSchedulerClasses)
    for (const std::string& keys : predictions_of(known.first)) {
      const Schedule schedule = schedule_with(std::string(known.second), keys);
      for (const double sigma : {0.02, 0.7, 50.}) {
        const Network perfect = [&](const Tensor&, const Tensor&, const Conditioning&) {
          return target(schedule, clean, noise, sigma);
        };
        const Tensor guess =
            network_denoiser(perfect, {schedule, {}, {}})(clean + sigma * noise, sigma);
        EXPECT_TRUE(torch::allclose(guess, clean, 1e-9, 1e-9)) << known.second << keys << sigma;
      }
    }
}

TEST(Schedule, NetworksSeeWhatTheyWereTrainedOn) {
  const Schedule ddpm = schedule_with("DDPMScheduler");
  const double sigma = ddpm.sigma_at(300);
  EXPECT_EQ(ddpm.at(sigma).time, 300);
  EXPECT_NEAR(ddpm.at(sigma).in, 1 / std::sqrt(1 + sigma * sigma), 1e-15);
  const Schedule flow = schedule_with("FlowMatchEulerDiscreteScheduler");
  EXPECT_NEAR(flow.at(1).time, 500, 1e-9);  // As much noise as picture: half-way.
  EXPECT_NEAR(flow.at(1).in, 0.5, 1e-15);
  const Schedule score = schedule_with("ScoreSdeVeScheduler");  // Its pictures are in [0, 1].
  EXPECT_EQ(score.at(6).time, 3);
  EXPECT_EQ(score.at(6).in * -1 + score.at(6).shift, 0);
  EXPECT_EQ(score.at(6).in * 1 + score.at(6).shift, 1);
}

TEST(Schedule, TimesAndLevelsAreInversesAlsoBetweenTrainingSteps) {
  for (const char* name : {"DDPMScheduler", "FlowMatchEulerDiscreteScheduler", "EDMEulerScheduler",
                           "ScoreSdeVeScheduler"}) {
    const Schedule schedule = schedule_with(name);
    for (const double sigma : {0.011, 0.3, 2.5, 70.}) {
      const double time = schedule.time(sigma);
      // Near, as diffusers interpolates sigma one way and its logarithm the other.
      EXPECT_NEAR(schedule.sigma_at(time) / sigma, 1, 0.02) << name;
      EXPECT_GT(schedule.time(1.01 * sigma), time) << name;
    }
    const double step = schedule.time(0.3);
    EXPECT_NEAR(schedule.time(schedule.sigma_at(std::floor(step))), std::floor(step), 1e-9) << name;
  }
}

// sigma_998 = 16384 lies above sigma_999 = sqrt(2^24 - 1).
TEST(Schedule, ATimeIsFoundInATableThatFallsAtItsEnd) {
  const Schedule schedule =
      schedule_with("EulerDiscreteScheduler", R"(, "rescale_betas_zero_snr": true)");
  const double last = std::sqrt(std::pow(2, 24) - 1);
  EXPECT_EQ(schedule.sigma_max(), last);
  EXPECT_GT(schedule.sigma_at(998), last);
  EXPECT_EQ(schedule.time(last), 999);
  const double low = schedule.sigma_at(990), high = schedule.sigma_at(991);
  EXPECT_EQ(schedule.time(low), 990);
  EXPECT_NEAR(schedule.time(std::sqrt(low * high)), 990.5, 1e-9);
}

TEST(Schedule, ALevelIsThatOfATrainingStepWhereSinglePrecisionHasItSo) {
  const Schedule schedule = schedule_with("DDPMScheduler");
  EXPECT_EQ(schedule.time(schedule.sigma_at(500) * (1 - 1e-9)), 500);
  EXPECT_LT(schedule.time(schedule.sigma_at(500) * (1 - 1e-6)), 500);
}

TEST(Schedule, PureNoiseIsALevelLikeAnother) {
  const Schedule schedule = schedule_with(
      "DDIMScheduler", R"(, "rescale_betas_zero_snr": true, "prediction_type": "v_prediction",
                         "timestep_spacing": "trailing")");
  const Levels levels = own_levels(schedule, 10);
  EXPECT_EQ(levels.sigmas[0], kMaxSigma);
  EXPECT_NEAR(levels.start * schedule.own(levels.sigmas[0]), 1, 1e-12);
}

TEST(Levels, EverySchedulersOwnFallToZeroInAsManyStepsAsAskedFor) {
  for (const Named<SchedulerClass>& known : kSchedulerClasses)
    for (const int steps : {1, 2, 10, 50}) {
      const Levels levels = own_levels(schedule_with(std::string(known.second)), steps);
      ASSERT_EQ(levels.steps(), steps) << known.second;
      EXPECT_EQ(levels.sigmas.back(), 0);
      ASSERT_EQ(int(levels.times.size()), steps);
      for (int i = 0; i < steps; ++i)
        EXPECT_GT(levels.sigmas[std::size_t(i)], levels.sigmas[std::size_t(i) + 1]) << known.second;
      EXPECT_EQ(levels.at(levels.sigmas[0]).time, levels.times[0]);
    }
}

// numpy's arange decides in floating point how many entries fit, and diffusers with it.
TEST(Levels, SomeStepCountsGetATrailingStepMoreThatTheTableHasNot) {
  const std::string trailing = R"(, "timestep_spacing": "trailing")";
  const Levels euler = own_levels(schedule_with("EulerDiscreteScheduler", trailing), 61);
  EXPECT_EQ(euler.steps(), 62);
  EXPECT_EQ(euler.times.back(), -1);
  const Levels ddpm = own_levels(schedule_with("DDPMScheduler", trailing), 61);
  EXPECT_EQ(ddpm.steps(), 61);
  EXPECT_GE(ddpm.times.back(), 0);
  EXPECT_EQ(own_levels(schedule_with("DDPMScheduler", trailing), 60).steps(), 60);
  // numpy's stride is a little more than 1000 / 48, and three of it from 1000 end below a half.
  EXPECT_EQ(own_levels(schedule_with("DDPMScheduler", trailing), 48).times[3], 936);
}

TEST(Levels, RespacedOnesAreAsManyAsAskedForWhateverTheGridHas) {
  const std::string trailing = R"(, "timestep_spacing": "trailing", "use_karras_sigmas": true)";
  const Schedule euler = schedule_with("EulerDiscreteScheduler", trailing);  // Its grid has 62.
  const Schedule solver = schedule_with("DPMSolverMultistepScheduler",       // Its grid has fewer.
                                        trailing + R"(, "lambda_min_clipped": -3)");
  for (const Schedule& schedule : {euler, solver}) {
    const Levels levels = own_levels(schedule, 61);
    ASSERT_EQ(levels.steps(), 61);
    const double high = std::pow(schedule.sigma_max(), 1. / 7);
    const double low = std::pow(schedule.sigma_min(), 1. / 7);
    for (int i = 0; i < 61; ++i)
      EXPECT_NEAR(levels.sigmas[std::size_t(i)] / std::pow(high + (low - high) * i / 60, 7), 1,
                  1e-6);
  }
}

// diffusers divides 0 by 0 there.
TEST(Levels, AnEndAtTheLastLevelIsNoStepAtAll) {
  const std::string keys = R"(, "use_karras_sigmas": true, "final_sigmas_type": "sigma_min",
                              "beta_schedule": "scaled_linear", "solver_type": ")";
  for (const auto& [name, solver] :
       {std::pair("DPMSolverMultistepScheduler", "heun"),
        std::pair("UniPCMultistepScheduler", "bh1"), std::pair("UniPCMultistepScheduler", "bh2")}) {
    const Schedule schedule = schedule_with(name, keys + solver + "\"");
    SampleSettings settings = settings_of(schedule);
    settings.steps = 20;
    const Levels levels = levels_of(settings, schedule);
    EXPECT_EQ(levels.end, levels.sigmas[19]) << name;
    const Denoise denoise = [](const Tensor& x, double) { return x.tanh(); };
    Tensor x = torch::full({1, 1, 2, 2}, levels.start);
    History history;
    for (int step = 0; step < 20; ++step)
      x = sampler_step(settings, levels, step, denoise, x, history, no_noise).x;
    EXPECT_TRUE(x.isfinite().all().item<bool>()) << name;
  }
}

TEST(Levels, ChosenOnesStayWithinWhatTheNetworkKnows) {
  const Schedule schedule = schedule_with("DDPMScheduler");
  SampleSettings settings;
  settings.sigma_min = 0.001;
  settings.sigma_max = 1000;
  const Levels levels = levels_of(settings, schedule);
  EXPECT_EQ(levels.sigmas.front(), schedule.sigma_max());
  EXPECT_EQ(levels.sigmas[std::size_t(settings.steps) - 1], schedule.sigma_min());
  EXPECT_NEAR(levels.times.front(), 999, 1e-9);
  settings.sigma_min = 500;
  EXPECT_THROW(levels_of(settings, schedule), Error);
}

TEST(Levels, MoreStepsThanTheNetworkHasLevelsAreRefused) {
  const Schedule schedule = schedule_with("DDPMScheduler", R"(, "num_train_timesteps": 20)");
  EXPECT_EQ(own_levels(schedule, 20).steps(), 20);
  EXPECT_THROW(own_levels(schedule, 21), Error);
}

TEST(Levels, ListedTimestepsAreVisitedInsteadOfTheGrid) {
  const Schedule schedule = schedule_with("DDPMScheduler");
  SampleSettings settings = settings_of(schedule);
  settings.options.timesteps = {900, 40, 0};
  EXPECT_EQ(levels_of(settings, schedule).times, (std::vector<double>{900, 40, 0}));
  settings.options.timesteps = {40, 900};
  EXPECT_THROW(levels_of(settings, schedule), Error);
  settings.options.timesteps = {1000, 0};
  EXPECT_THROW(levels_of(settings, schedule), Error);
}

}  // namespace
}  // namespace stepwise
