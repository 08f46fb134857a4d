// Sampling by making the guess worse again, with restorers that are known.
#include <gtest/gtest.h>
#include <torch/utils.h>

#include "clothes.h"
#include "diffusion/forward.h"
#include "diffusion/sampler.h"
#include "error_of.h"

namespace stepwise {
namespace {

SampleSettings cold_settings(SamplerKind sampler, int steps = 10) {
  SampleSettings settings;
  settings.sampler = sampler;
  settings.steps = steps;
  return settings;
}

std::vector<DegradationStack> all_undone() {
  return {Degradation::kBlur,
          Degradation::kLowResolution,
          Degradation::kBlocks,
          Degradation::kJpeg,
          Degradation::kText,
          DegradationStack({Degradation::kBlur, Degradation::kBlocks}),
          DegradationStack({Degradation::kText, Degradation::kLowResolution, Degradation::kJpeg})};
}

// Where a restorer takes these pictures from the severity 1.
Tensor restored(const Tensor& clean, const DegradationStack& undone, SamplerKind sampler,
                const Denoise& restore) {
  const SampleSettings settings = cold_settings(sampler);
  const Levels levels = levels_of(settings, Schedule(undone));
  const PictureNoise noise(3, picture_range(0, int(clean.size(0))));
  History history;
  Tensor x = worsened(levels.schedule, clean, 1., noise.like(NoiseUse::kStart, 0, clean));
  for (int step = 0; step < levels.steps(); ++step)
    x = sampler_step(settings, levels, step, restore, x, history,
                     noise_of_step(levels.schedule, noise, step))
            .x;
  return x;
}

double largest_error(const Tensor& x, const Tensor& clean) {
  return (x - clean).abs().max().item<double>();
}

TEST(Cold, LevelsAreSeveritiesThatFallInEqualSteps) {
  const Levels levels =
      levels_of(cold_settings(SamplerKind::kCold, 4), Schedule(Degradation::kBlur));
  EXPECT_EQ(levels.sigmas, (std::vector<double>{1, 0.75, 0.5, 0.25, 0}));
  EXPECT_EQ(levels.times, (std::vector<double>{1000, 750, 500, 250}));
}

TEST(Cold, TheFirstSeverityIsTheSettings) {
  SampleSettings settings = cold_settings(SamplerKind::kCold, 2);
  settings.sigma_max = 0.6;
  EXPECT_EQ(levels_of(settings, Schedule(Degradation::kBlocks)).sigmas,
            (std::vector<double>{0.6, 0.3, 0}));
}

TEST(Cold, APerfectRestorerGivesThePictureByBothSamplers) {
  const Tensor clean = test_clothes(6);
  const Denoise perfect = [&](const Tensor&, double) { return clean; };
  for (const DegradationStack& undone : all_undone()) {
    EXPECT_TRUE(torch::equal(restored(clean, undone, SamplerKind::kColdNaive, perfect), clean))
        << id_of(undone);
    EXPECT_LT(largest_error(restored(clean, undone, SamplerKind::kCold, perfect), clean), 1e-5)
        << id_of(undone);
  }
}

// Of a degradation that leaves even pictures alone, a constant error is the same at both
// severities.
TEST(Cold, WhatARestorerErrsByEverywhereTheImprovedSamplerDoesNotShow) {
  const Tensor clean = test_clothes(6);
  const Denoise off = [&](const Tensor&, double) { return clean + 0.25; };
  for (const Degradation undone : {Degradation::kBlur, Degradation::kLowResolution}) {
    EXPECT_LT(largest_error(restored(clean, undone, SamplerKind::kCold, off), clean), 1e-5)
        << id_of(undone);
    EXPECT_NEAR(largest_error(restored(clean, undone, SamplerKind::kColdNaive, off), clean), 0.25,
                1e-5)
        << id_of(undone);
  }
}

TEST(Cold, OfNoiseBothAreEulersStep) {
  const Tensor x = 3 * torch::randn({2, 1, 4, 4}, torch::kDouble);
  const Denoise half = [](const Tensor& at, double) { return at / 2; };
  const auto moved = [&](SamplerKind kind) {
    History history;
    const Levels levels = levels_of(cold_settings(kind));
    const StepNoise none = [](const Tensor& at) { return torch::zeros_like(at); };
    return sampler_step(cold_settings(kind), levels, 3, half, x, history, none).x;
  };
  EXPECT_TRUE(torch::equal(moved(SamplerKind::kCold), moved(SamplerKind::kEuler)));
  EXPECT_TRUE(torch::equal(moved(SamplerKind::kColdNaive), moved(SamplerKind::kEuler)));
}

TEST(Cold, SamplersOfNoiseAreRefusedWithThoseThatSuit) {
  const Tensor clean = test_clothes(1);
  const Denoise perfect = [&](const Tensor&, double) { return clean; };
  const std::string words =
      error_of([&] { restored(clean, Degradation::kBlur, SamplerKind::kHeun, perfect); });
  for (const char* said : {"heun", "blur", "cold", "cold-naive"})
    EXPECT_NE(words.find(said), std::string::npos) << words;
}

TEST(Cold, NoiseOfAPictureIsTheSameAtEveryStep) {
  const PictureNoise noise(3, {0, 1});
  const Tensor x = torch::zeros({2, 1, 4, 4});
  const Schedule blocks(Degradation::kBlocks), edm;
  EXPECT_TRUE(torch::equal(noise_of_step(blocks, noise, 2)(x), noise_of_step(blocks, noise, 7)(x)));
  EXPECT_FALSE(torch::equal(noise_of_step(edm, noise, 2)(x), noise_of_step(edm, noise, 7)(x)));
}

}  // namespace
}  // namespace stepwise
