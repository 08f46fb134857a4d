// Steps that are left out, of every kind of levels and every sampler.
#include "settings/left_out.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include "closed_forms.h"
#include "diffusion/draw_all.h"
#include "diffusion/each_sampler.h"
#include "diffusion/schedules.h"

namespace stepwise {
namespace {

SampleSettings ten_steps() {
  SampleSettings settings;
  settings.steps = 10;
  settings.count = 2;
  return settings;
}

// Our own, and those of every family of schedulers.
std::vector<Schedule> schedules() {
  std::vector<Schedule> all{Schedule()};
  for (const char* name : {"DDIMScheduler", "FlowMatchEulerDiscreteScheduler", "EDMEulerScheduler",
                           "ScoreSdeVeScheduler"})
    all.push_back(schedule_with(name));
  return all;
}

TEST(LeftOutLevels, AreTheOthersWithTheirTimesAndTheVarianceThatLiesBetween) {
  for (const Schedule& schedule : schedules())
    for (const GridKind grid : {GridKind::kKarras, GridKind::kModel}) {
      SampleSettings settings = ten_steps();
      settings.grid = grid;
      const Levels all = levels_of(settings, schedule);
      const Levels left = levels_of(without_step(without_step(settings, 4), 4), schedule);
      ASSERT_EQ(left.steps(), all.steps() - 2);
      for (int step = 0; step <= left.steps(); ++step) {
        const auto of_all = std::size_t(left.number(step)), here = std::size_t(step);
        EXPECT_EQ(of_all, here + (step >= 4 ? 2 : 0));
        EXPECT_EQ(left.sigmas[here], all.sigmas[of_all]);
      }
      std::vector<double> times = all.times;
      leave_out({4, 5}, times);
      EXPECT_EQ(left.times, times);
      EXPECT_NEAR(left.fall(3) / (all.fall(3) + all.fall(4) + all.fall(5)), 1, 1e-6);
    }
}

TEST(LeftOutStep, GoesStraightToTheLevelAfter) {
  const auto level = [](int step) { return levels_of(ten_steps()).sigmas[std::size_t(step)]; };
  SampleSettings settings = without_step(ten_steps(), 4);
  settings.sampler = SamplerKind::kEuler;
  const Levels levels = levels_of(settings);
  const Denoise denoise = gaussian_denoiser(0, 0.5);
  const Tensor x = torch::full({1, 1, 2, 2}, 3.);
  History history;
  const Tensor there = sampler_step(settings, levels, 3, denoise, x, history, no_noise).x;
  const Tensor expected = x + (level(5) - level(3)) * (x - denoise(x, level(3)).clean) / level(3);
  EXPECT_TRUE(torch::allclose(there, expected));
}

class LeftOutOf : public EachSampler {};
INSTANTIATE_TEST_SUITE_P(Sampler, LeftOutOf, testing::ValuesIn(kSamplers), test_name);

SharedModel two_modes() {
  return model_with([](const std::vector<Condition>&) { return two_modes_denoiser(0.4, 0.2); },
                    {1, 3, 3});
}

TEST_P(LeftOutOf, MakesAnotherPictureOfTheSameNoise) {
  SampleSettings settings = ten_steps();
  settings.sampler = kind();
  const auto drawn = [&] { return draw(Drawing(settings, dealt({}, 0, 2), two_modes())); };
  const Tensor all = drawn();
  settings = without_step(settings, 6);
  const Tensor left = drawn();
  EXPECT_FALSE(torch::equal(all, left));
  EXPECT_TRUE(torch::isfinite(left).all().item<bool>());
  EXPECT_TRUE(torch::equal(left, drawn()));
}

// What comes down to the level before the step that is left out is not touched by it, and fresh
// noise after it is what it was.
TEST(LeftOutStep, ChangesNoNoiseButItsOwn) {
  SampleSettings settings = ten_steps();
  settings.sampler = SamplerKind::kConsistency;  // It forgets all but the guess at each step.
  const SharedModel one_answer = model_with(
      [](const std::vector<Condition>&) {
        return [](const Tensor& x, double) { return Guess(torch::full_like(x, 0.25)); };
      },
      {1, 3, 3});
  const auto before_last = [&](const SampleSettings& s) {
    const Levels levels = levels_of(s);
    const PictureNoise noise(s.seed, {0});
    Tensor x = torch::zeros({1, 1, 3, 3});
    History history;
    const Denoise denoise = one_answer->denoiser({{}}, s);
    for (int step = 0; step + 1 < levels.steps(); ++step)
      x = sampler_step(s, levels, step, denoise, x, history, step_noise(noise, levels.number(step)))
              .x;
    return x;
  };
  EXPECT_TRUE(torch::equal(before_last(settings), before_last(without_step(settings, 4))));
}

}  // namespace
}  // namespace stepwise
