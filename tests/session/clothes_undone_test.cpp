// What cold diffusion claims (Bansal et al. 2022), of real pictures: a small network learns within
// seconds to make them better, and the improved sampler comes nearer than the naive one.
#include <gtest/gtest.h>
#include <torch/utils.h>

#include "data/dataset.h"
#include "diffusion/forward.h"
#include "diffusion/sampler.h"
#include "diffusion/tensor_image.h"
#include "session/opened_model.h"
#include "training/trainer.h"

namespace stepwise {
namespace {

constexpr std::int64_t kLearningSteps = 50;
constexpr std::int64_t kLookedAt = 20;

struct Undone {
  double degraded, guess, naive, improved;  // Root mean square distances to the clean pictures.
};

double distance(const Tensor& x, const Tensor& clean) {
  return (x - clean).square().mean().sqrt().item<double>();
}

Denoise restorer(Degradation undone, const Dataset& data, const std::vector<Condition>& asked) {
  Recipe recipe;
  recipe.degradation = undone;
  recipe.budget = {0, kLearningSteps};
  recipe.channels = {8, 16};
  recipe.attention = false;
  Trainer trainer(recipe, data, torch::kCPU);
  while (!trainer.finished()) trainer.step();
  const SharedModel model =
      model_of(network_of(UNet2DModel(trainer.snapshot())),
               {.schedule = trainer.schedule(), .classes = {10}, .shape = {1, 28, 28}});
  return model->denoiser(asked, trainer.defaults());
}

// Test pictures made worse by `severity`, brought back at once and in ten steps.
Undone undone(Degradation degradation, double severity) {
  static const Dataset data = open_dataset("fashion-mnist");
  const torch::NoGradGuard no_grad;
  const Schedule schedule(degradation);
  const Tensor clean = tensor_of(data.test, 0, kLookedAt);
  std::vector<Condition> asked;
  for (int i = 0; i < kLookedAt; ++i) asked.push_back({data.test.labels[std::size_t(i)]});
  Denoise restore;
  {
    const torch::AutoGradMode on(true);
    restore = restorer(degradation, data, asked);
  }
  const PictureNoise noise(3, picture_range(0, int(kLookedAt)));
  const Tensor start = worsened(schedule, clean, severity, noise.like(NoiseUse::kStart, 0, clean));
  const auto drawn = [&](SamplerKind sampler) {
    SampleSettings settings;
    settings.sampler = sampler;
    settings.steps = 10;
    settings.sigma_max = severity;
    const Levels levels = levels_of(settings, schedule);
    History history;
    Tensor x = start;
    for (int step = 0; step < levels.steps(); ++step)
      x = sampler_step(settings, levels, step, restore, x, history,
                       noise_of_step(schedule, noise, step))
              .x;
    return distance(x, clean);
  };
  return {distance(start, clean), distance(restore(start, severity), clean),
          drawn(SamplerKind::kColdNaive), drawn(SamplerKind::kCold)};
}

void expect_claims(Degradation degradation, double severity) {
  const Undone u = undone(degradation, severity);
  SCOPED_TRACE(text_of(id_of(degradation), " at ", severity, ": degraded ", u.degraded, ", guess ",
                       u.guess, ", naive ", u.naive, ", improved ", u.improved));
  EXPECT_LT(u.guess, u.degraded);
  EXPECT_LT(u.improved, u.degraded);
  EXPECT_LT(u.improved, u.naive);
}

TEST(ClothesUndone, BlurredOnesAreBetterAfterFiftyStepsOfLearningAndBestByTheImprovedSampler) {
  expect_claims(Degradation::kBlur, 0.5);
}

TEST(ClothesUndone, CoarseOnesToo) { expect_claims(Degradation::kLowResolution, 0.7); }

// What lies behind letters is guessed better than by the letters; which of the samplers comes
// nearer is not said.
TEST(ClothesUndone, OnesWrittenOverAreBetterAfterFiftyStepsOfLearningToo) {
  const Undone u = undone(Degradation::kText, 0.5);
  EXPECT_LT(u.guess, 0.8 * u.degraded);
  EXPECT_LT(u.improved, u.degraded);
}

}  // namespace
}  // namespace stepwise
