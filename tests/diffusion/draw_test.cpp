#include "diffusion/draw.h"

#include <gtest/gtest.h>

#include <numeric>

#include "closed_forms.h"
#include "diffusion/draw_all.h"

namespace stepwise {
namespace {

SampleSettings settings_for(SamplerKind kind, int count = 7) {
  SampleSettings settings;
  settings.sampler = kind;
  settings.count = count;
  settings.steps = 6;
  settings.seed = 11;
  return settings;
}

// Denoises towards the label, so that a picture given another's label is found out.
Denoise towards_label(const std::vector<Condition>& conditions) {
  std::vector<float> labels;
  for (const Condition& c : conditions) labels.push_back(float(*c.label));
  const Tensor shift = torch::tensor(labels).view({-1, 1, 1, 1}) / 20;
  return [=](const Tensor& x, double sigma) { return gaussian_denoiser(0, 0.5)(x, sigma) + shift; };
}

Drawing drawing(const SampleSettings& settings, int portion) {
  return Drawing(settings, dealt({}, settings.count, settings.count),
                 model_with(towards_label, {1, 3, 3}), portion);
}

TEST(Drawing, APictureIsTheSameInPortionsOfAnySize) {
  for (const SamplerName& name : kSamplers) {
    const SampleSettings settings = settings_for(name.kind);
    const Tensor whole = draw(drawing(settings, 100));
    EXPECT_EQ(whole.sizes(), torch::IntArrayRef({7, 1, 3, 3}));
    for (const int portion : {1, 3, 7})
      EXPECT_TRUE(torch::equal(whole, draw(drawing(settings, portion)))) << name.id << portion;
  }
}

TEST(Drawing, APictureIsTheSameInBatchesOfAnySize) {
  for (const SamplerName& name : kSamplers) {
    const Tensor seven = draw(drawing(settings_for(name.kind, 7), 100));
    const Tensor two = draw(drawing(settings_for(name.kind, 2), 100));
    EXPECT_TRUE(torch::equal(two, seven.slice(0, 0, 2))) << name.id;
  }
}

TEST(Drawing, AnotherSeedGivesOtherPictures) {
  SampleSettings settings = settings_for(SamplerKind::kEuler);
  const Tensor first = draw(drawing(settings, 100));
  settings.seed = 12;
  EXPECT_FALSE(torch::allclose(first, draw(drawing(settings, 100))));
}

TEST(Drawing, StepsOnceForEachMoveOfEachPortion) {
  Drawing d = drawing(settings_for(SamplerKind::kHeun), 3);
  int steps = 0;
  std::vector<int> firsts;
  double fraction = 0;
  EXPECT_EQ(d.fraction(), 0);
  for (bool more = true; more; ++steps) {
    more = d.step();
    EXPECT_GT(d.fraction(), fraction);
    fraction = d.fraction();
    if (const auto portion = d.take()) firsts.push_back(portion->first);
  }
  EXPECT_EQ(steps, 3 * 6);
  EXPECT_EQ(firsts, (std::vector<int>{0, 3, 6}));
  EXPECT_EQ(fraction, 1);
  EXPECT_FALSE(d.step());
  EXPECT_FALSE(d.take());
}

TEST(Drawing, EndsEarlyWithWhatIsFinished) {
  const SampleSettings settings = settings_for(SamplerKind::kEuler);
  Drawing half = drawing(settings, 3);
  EXPECT_FALSE(half.take());
  std::vector<Tensor> finished;
  while (half.fraction() < 0.5) {
    half.step();
    if (const auto portion = half.take()) finished.push_back(portion->pictures);
  }
  ASSERT_EQ(finished.size(), 1u);
  EXPECT_TRUE(torch::equal(finished[0], draw(drawing(settings, 3)).slice(0, 0, 3)));
}

TEST(Drawing, RefusesConditionsThatDoNotFitThePictures) {
  EXPECT_THROW(Drawing(settings_for(SamplerKind::kEuler), dealt({}, 2, 2),
                       model_with(towards_label, {1, 3, 3})),
               Error);
}

}  // namespace
}  // namespace stepwise
