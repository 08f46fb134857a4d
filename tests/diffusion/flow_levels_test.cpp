// DPM-Solver and UniPC on networks of flows: their levels in closed form, and where these lead.
#include <gtest/gtest.h>

#include "closed_forms.h"
#include "diffusion/sampler.h"
#include "schedules.h"

namespace stepwise {
namespace {

// As shares of noise, x_t = (1 - share) clean + share noise.
void expect_shares(const Levels& levels, const std::vector<double>& shares) {
  ASSERT_EQ(levels.steps(), int(shares.size()));
  for (std::size_t i = 0; i < shares.size(); ++i) {
    EXPECT_NEAR(levels.sigmas[i] / (1 + levels.sigmas[i]), shares[i], 1e-7) << i;
    EXPECT_EQ(levels.times[i], std::trunc(1000 * shares[i])) << i;
  }
  EXPECT_NEAR(levels.start, 1 + levels.sigmas[0], 1e-12 * levels.start);
}

TEST(FlowLevels, AreEvenAndShiftedOnce) {
  const auto shifted = [](double share) { return 3 * share / (1 + 2 * share); };
  const std::string keys = kFlowKeys + R"(, "flow_shift": 3)";
  const Levels dpm = own_levels(schedule_with("DPMSolverMultistepScheduler", keys), 3);
  expect_shares(dpm, {shifted(0.999), shifted(0.666), shifted(0.333)});
  EXPECT_EQ(dpm.end, 0);
  const Levels unipc = own_levels(schedule_with("UniPCMultistepScheduler", keys), 3);
  expect_shares(unipc, {1 - 1e-6, shifted(0.667), shifted(0.334)});
}

TEST(FlowLevels, MayEndAboveZero) {
  const std::string keys = kFlowKeys + R"(, "final_sigmas_type": "sigma_min")";
  // The first level of the betas that no flow was trained with, taken for a share.
  const double share = std::sqrt(1e-4 / (1 - 1e-4));
  const Levels dpm = own_levels(schedule_with("DPMSolverMultistepScheduler", keys), 3);
  EXPECT_NEAR(dpm.end, share / (1 - share), 1e-6);
  const Levels unipc = own_levels(schedule_with("UniPCMultistepScheduler", keys), 3);
  EXPECT_EQ(unipc.end, unipc.sigmas[2]);
}

TEST(FlowLevels, OfUniPcAreStretchedToTheirTerminalShare) {
  const Schedule schedule =
      schedule_with("UniPCMultistepScheduler", kFlowKeys + R"(, "shift_terminal": 0.1005)");
  const double factor = (1 - 0.1005) / (1 - 0.334);
  expect_shares(own_levels(schedule, 3), {1 - 1e-6, 1 - (1 - 0.667) * factor, 0.1005});
  expect_shares(own_levels(schedule, 1), {1 - 1e-6});
}

TEST(FlowLevels, LeadSolversAlongTheExactTrajectory) {
  const double mean = 0.3, spread = 0.5;
  for (const char* name : {"DPMSolverMultistepScheduler", "UniPCMultistepScheduler"}) {
    const Schedule schedule = schedule_with(name, kFlowKeys + R"(, "flow_shift": 3)");
    SampleSettings settings = settings_of(schedule);
    settings.steps = 400;
    const Levels levels = levels_of(settings, schedule);
    const Tensor start = levels.start * torch::full({1, 1, 1, 1}, 0.8, torch::kDouble);
    Tensor x = start;
    History history;
    for (int step = 0; step < 400; ++step) {
      x = sampler_step(settings, levels, step, gaussian_denoiser(mean, spread), x, history,
                       no_noise)
              .x;
      const double next = levels.sigmas[std::size_t(step) + 1];
      const Tensor exact = gaussian_ode(start, mean, spread, levels.sigmas[0], next);
      EXPECT_TRUE(torch::allclose(x, exact, 5e-4)) << name << step;
    }
  }
}

}  // namespace
}  // namespace stepwise
