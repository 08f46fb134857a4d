#include "diffusion/levels.h"

#include <gtest/gtest.h>

#include "closed_forms.h"
#include "diffusion/denoiser.h"
#include "diffusion/sampler.h"
#include "diffusion/scheduler_settings.h"

namespace stepwise {
namespace {

Schedule schedule_with(const std::string& name, const std::string& keys = "") {
  const std::string json = R"({"_class_name": ")" + name + "\"" + keys + "}";
  return Schedule(scheduler_config_of(scheduler_info_of(json, name)));
}

Levels own_levels(const Schedule& schedule, int steps) {
  SampleSettings settings = settings_of(schedule);
  settings.steps = steps;
  return levels_of(settings, schedule);
}

std::vector<std::string> predictions_of(SchedulerClass kind) {
  if (kind == SchedulerClass::kFlowEuler) return {"flow"};
  if (!has_betas(kind)) return {"epsilon", "v_prediction"};
  return {"epsilon", "v_prediction", "sample"};
}

// What the network was trained to answer.
Tensor target(const Schedule& schedule, const Tensor& clean, const Tensor& noise, double sigma) {
  const std::string& type = schedule.config().prediction_type;
  const double alpha = 1 / std::sqrt(1 + sigma * sigma);
  if (type == "flow") return noise - clean;
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
  for (const SchedulerClassName& known : kSchedulerClasses)
    for (const std::string& type : predictions_of(known.kind)) {
      const Schedule schedule =
          schedule_with(std::string(known.name), R"(, "prediction_type": ")" + type + "\"");
      for (const double sigma : {0.02, 0.7, 50.}) {
        const Network perfect = [&](const Tensor&, const Tensor&, const Tensor&) {
          return target(schedule, clean, noise, sigma);
        };
        const Tensor guess =
            network_denoiser(perfect, {schedule, {}, {}})(clean + sigma * noise, sigma);
        EXPECT_TRUE(torch::allclose(guess, clean, 1e-9, 1e-9)) << known.name << type << sigma;
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
}

TEST(Schedule, TimesAndLevelsAreInversesAlsoBetweenTrainingSteps) {
  for (const char* name :
       {"DDPMScheduler", "FlowMatchEulerDiscreteScheduler", "EDMEulerScheduler"}) {
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

TEST(Schedule, PureNoiseIsALevelLikeAnother) {
  const Schedule schedule = schedule_with(
      "DDIMScheduler", R"(, "rescale_betas_zero_snr": true, "prediction_type": "v_prediction",
                         "timestep_spacing": "trailing")");
  const Levels levels = own_levels(schedule, 10);
  EXPECT_EQ(levels.sigmas[0], kMaxSigma);
  EXPECT_NEAR(levels.start * schedule.own(levels.sigmas[0]), 1, 1e-12);
}

TEST(Levels, EverySchedulersOwnFallToZeroInAsManyStepsAsAskedFor) {
  for (const SchedulerClassName& known : kSchedulerClasses)
    for (const int steps : {1, 2, 10, 50}) {
      const Levels levels = own_levels(schedule_with(std::string(known.name)), steps);
      ASSERT_EQ(levels.steps(), steps) << known.name;
      EXPECT_EQ(levels.sigmas.back(), 0);
      ASSERT_EQ(int(levels.times.size()), steps);
      for (int i = 0; i < steps; ++i)
        EXPECT_GT(levels.sigmas[std::size_t(i)], levels.sigmas[std::size_t(i) + 1]) << known.name;
      EXPECT_EQ(levels.at(levels.sigmas[0]).time, levels.times[0]);
    }
}

// numpy's arange decides in floating point how many entries fit, and diffusers with it.
TEST(Levels, SomeStepCountsGetATrailingStepMoreOrAreRefused) {
  const std::string trailing = R"(, "timestep_spacing": "trailing")";
  const Levels euler = own_levels(schedule_with("EulerDiscreteScheduler", trailing), 61);
  EXPECT_EQ(euler.steps(), 62);
  EXPECT_EQ(euler.times.back(), -1);
  EXPECT_THROW(own_levels(schedule_with("DDPMScheduler", trailing), 61), Error);
  EXPECT_EQ(own_levels(schedule_with("DDPMScheduler", trailing), 60).steps(), 60);
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
