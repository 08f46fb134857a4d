// What is left of a stroke, on denoisers for which it is known exactly.
#include "editing/survival.h"

#include <gtest/gtest.h>

#include <cmath>

#include "diffusion/closed_forms.h"

namespace stepwise {
namespace {

using DenoiserOf = std::function<Denoise(const std::vector<Condition>&)>;

SharedModel model_with(DenoiserOf denoiser, std::vector<std::int64_t> shape = {1, 12, 20}) {
  Model model;
  model.unclamped = [denoiser](const std::vector<Condition>& asked, const SampleSettings&) {
    return denoiser(asked);
  };
  model.classes = {2};
  model.shape = std::move(shape);
  model.clamps = false;
  return std::make_shared<const Model>(std::move(model));
}

SampleSettings few(SamplerKind sampler = SamplerKind::kEuler) {
  SampleSettings settings;
  settings.sampler = sampler;
  settings.count = 4;
  settings.steps = 5;
  settings.sigma_max = 8;
  return settings;
}

std::vector<Survival> measured(const SampleSettings& settings, const SharedModel& model) {
  SurvivalMeasurement measurement(settings, model);
  double before = 0;
  while (measurement.step()) {
    EXPECT_GT(measurement.fraction(), before);
    before = measurement.fraction();
  }
  EXPECT_DOUBLE_EQ(measurement.fraction(), 1);
  return measurement.table();
}

// x wherever there is noise, and where there is none.
Denoise identity(const std::vector<Condition>&) {
  return [](const Tensor& x, double) { return Guess(x); };
}

// The class alone says what the picture is: black or white all over.
Denoise one_picture(const std::vector<Condition>& asked) {
  Tensor picture = torch::zeros({std::int64_t(asked.size()), 1, 1, 1});
  for (std::size_t i = 0; i < asked.size(); ++i)
    picture[std::int64_t(i)] = asked[i].label == 0 ? -1 : 1;
  return [=](const Tensor& x, double) { return Guess(picture.expand_as(x).clone()); };
}

TEST(Survival, IsNothingWhereTheModelKnowsOnlyOnePicture) {
  for (const SamplerKind kind : {SamplerKind::kEuler, SamplerKind::kDpmPlusPlus2MSde})
    for (const Survival& row : measured(few(kind), model_with(one_picture)))
      EXPECT_EQ(row.share, 0) << row.sigma << ", " << row.size;
}

TEST(Survival, IsAllWhereTheModelTakesThePictureAsItIs) {
  for (const SamplerKind kind : {SamplerKind::kEuler, SamplerKind::kDpmPlusPlus2MSde})
    for (const Survival& row : measured(few(kind), model_with(identity)))
      EXPECT_NEAR(row.share, 1, 1e-5) << row.sigma << ", " << row.size;
}

// Each step of Euler's leaves r + (1 - r) c of a change, where r is the ratio of the levels and c
// what the denoiser lets through.
TEST(Survival, OfGaussianDataIsTheProductOfWhatEachStepLeaves) {
  const double s = 0.6;
  const SampleSettings settings = few();
  const auto gaussian = [s](const std::vector<Condition>&) { return gaussian_denoiser(0.1, s); };
  const std::vector<double> sigmas = levels_of(settings).sigmas;
  const auto table = measured(settings, model_with(gaussian));
  ASSERT_EQ(table.size(), 3u * 5u);
  double left = 1;
  for (std::size_t k = 5; k-- > 0;) {
    const double r = sigmas[k + 1] / sigmas[k];
    left *= r + (1 - r) * s * s / (s * s + sigmas[k] * sigmas[k]);
    for (std::size_t i = 0; i < 3; ++i) {
      const Survival& row = table[3 * k + i];
      EXPECT_EQ(row.sigma, sigmas[k]);
      EXPECT_EQ(row.size, float(2 << i));  // 16 pixels are more than the picture is high.
      EXPECT_NEAR(row.share, left, 1e-5) << row.sigma << ", " << row.size;
    }
  }
}

TEST(Survival, IsTheMeanOverPicturesHoweverManyAreDrawnAtOnce) {
  const auto half = [](const std::vector<Condition>& asked) {
    const Denoise none = one_picture(asked);
    Tensor keeps = torch::zeros({std::int64_t(asked.size()), 1, 1, 1});
    for (std::size_t i = 0; i < asked.size(); ++i)
      keeps[std::int64_t(i)] = asked[i].label == 0 ? 1 : 0;
    return Denoise([=](const Tensor& x, double sigma) {
      return Guess(keeps * x + (1 - keeps) * none(x, sigma).clean);
    });
  };
  SampleSettings settings = few();
  settings.count = 150;  // More than are drawn at once.
  settings.steps = 2;
  for (const Survival& row : measured(settings, model_with(half, {1, 4, 4})))
    EXPECT_NEAR(row.share, 0.5, 1e-5);
}

TEST(Survival, OfManyStepsIsMeasuredAtSome) {
  SampleSettings settings = few();
  settings.count = 1;
  settings.steps = 40;
  const std::vector<double> sigmas = levels_of(settings).sigmas;
  const auto table = measured(settings, model_with(identity, {3, 4, 4}));
  ASSERT_EQ(table.size(), 14u);
  for (std::size_t i = 0; i < table.size(); ++i) EXPECT_EQ(table[i].sigma, sigmas[3 * i]);
}

TEST(Survival, OfStrangeSettingsIsRefused) {
  SampleSettings settings = few();
  settings.steps = 0;
  EXPECT_THROW(SurvivalMeasurement(settings, model_with(identity)), Error);
}

}  // namespace
}  // namespace stepwise
