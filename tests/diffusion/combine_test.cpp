// Models made of models, where everything can be written down: for data from N(0, s^2) the ideal
// guess is x s^2 / (s^2 + sigma^2).
#include "diffusion/combine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include "diffusion/enlarge.h"
#include "error.h"

namespace stepwise {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

double share(double s, double sigma) { return s * s / (s * s + sigma * sigma); }

Model gaussian(double s) {
  Model model;
  model.unclamped = [s](const std::vector<Condition>&, const SampleSettings&) -> Denoise {
    return [s](const Tensor& x, double sigma) { return x * share(s, sigma); };
  };
  model.classes = {3};
  model.shape = {1, 2, 2};
  return model;
}
SharedModel shared(Model model) { return std::make_shared<const Model>(std::move(model)); }

const SharedModel kGood = shared(gaussian(0.5)), kWeak = shared(gaussian(0.8));

Tensor noisy() {
  torch::manual_seed(1);
  return torch::randn({3, 1, 2, 2}, torch::kDouble);
}

Tensor guess_of(const SharedModel& model, double sigma) {
  return model->denoiser({{0}, {1}, {2}}, {})(noisy(), sigma);
}

TEST(Autoguided, LeadsAwayFromTheWeakModel) {
  const Denoise denoise = autoguided(kGood, kWeak, 2.5)->unclamped({}, {});
  for (const double sigma : {0.01, 0.5, 3., 2000.}) {
    const double expected = share(0.8, sigma) + 2.5 * (share(0.5, sigma) - share(0.8, sigma));
    EXPECT_TRUE(torch::allclose(denoise(noisy(), sigma), noisy() * expected, 1e-12, 1e-15))
        << sigma;
  }
}

TEST(Autoguided, WithWeightOneIsTheModelAndWithZeroTheWeakOne) {
  for (const double sigma : {0., 0.01, 0.5, 20.}) {
    EXPECT_TRUE(torch::equal(guess_of(autoguided(kGood, kWeak, 1), sigma), guess_of(kGood, sigma)));
    EXPECT_TRUE(torch::equal(guess_of(autoguided(kGood, kWeak, 0), sigma), guess_of(kWeak, sigma)));
  }
}

TEST(Autoguided, IsClampedOnceAndAsAWhole) {
  const auto constant = [](double value) {
    Model model = gaussian(1);
    model.unclamped = [value](const std::vector<Condition>&, const SampleSettings&) -> Denoise {
      return [value](const Tensor& x, double) { return torch::full_like(x, value); };
    };
    return shared(model);
  };
  const auto at = [&](double good, double weak) {
    const SharedModel both = autoguided(constant(good), constant(weak), 2);
    return guess_of(both, 1)[0][0][0][0].item<double>();
  };
  EXPECT_EQ(at(0.75, 0), 1);
  EXPECT_EQ(at(1.5, 2.25), 0.75);  // Not 1, which two guesses clamped before would give.
}

TEST(Autoguided, OfAnAutoguidedModelAddsUp) {
  const SharedModel once = autoguided(kGood, kWeak, 2), twice = autoguided(once, kWeak, 2);
  const Tensor expected = guess_of(autoguided(kGood, kWeak, 4), 0.3);
  EXPECT_TRUE(torch::allclose(twice->unclamped({}, {})(noisy(), 0.3), expected, 1e-12, 1e-15));
  EXPECT_EQ(twice->networks, 3);
}

TEST(Experts, TakeTurnsAtTheBoundary) {
  const SharedModel both = experts({kGood, kWeak}, {0.7});
  for (const double sigma : {0.7000001, 1., 80.})
    EXPECT_TRUE(torch::equal(guess_of(both, sigma), guess_of(kGood, sigma))) << sigma;
  for (const double sigma : {0., 0.01, 0.7})
    EXPECT_TRUE(torch::equal(guess_of(both, sigma), guess_of(kWeak, sigma))) << sigma;
  EXPECT_EQ(both->networks, 1);
}

TEST(Experts, MayBeManyAndEachIsAskedInItsBandAlone) {
  std::vector<int> asked(3);
  std::vector<SharedModel> models;
  for (int& count : asked) {
    Model model = gaussian(1);
    model.unclamped = [&](const std::vector<Condition>&, const SampleSettings&) -> Denoise {
      return [&](const Tensor& x, double) { return ++count, x; };
    };
    models.push_back(shared(model));
  }
  const Denoise denoise = experts(models, {5, 0.5})->denoiser({}, {});
  for (const double sigma : {80., 6., 5., 1., 0.5, 0.1, 0.01}) denoise(noisy(), sigma);
  EXPECT_THAT(asked, testing::ElementsAre(2, 2, 3));
}

TEST(Experts, WhoseBoundariesDoNotDivideTheLevelsAreRefused) {
  EXPECT_THAT([] { experts({kGood, kWeak}, {}); }, ThrowsMessage<Error>(HasSubstr("0 boundaries")));
  EXPECT_THAT([] { experts({kGood}, {}); }, ThrowsMessage<Error>(HasSubstr("two or more")));
  EXPECT_THAT(
      [] {
        experts({kGood, kWeak, kGood}, {1, 1});
      },
      ThrowsMessage<Error>(HasSubstr("must fall")));
  EXPECT_THAT([] { experts({kGood, kWeak}, {NAN}); }, ThrowsMessage<Error>(HasSubstr("nan")));
}

TEST(Experts, HandOverWhereTheSettingsSayOrWhereTheyWereCombined) {
  const SharedModel both = experts({kGood, kWeak}, {0.7});
  SampleSettings settings;
  const auto guess = [&](double sigma) {
    return both->denoiser({{0}, {1}, {2}}, settings)(noisy(), sigma).clean;
  };
  EXPECT_TRUE(torch::equal(guess(1), guess_of(kGood, 1)));
  settings.border = 2;
  EXPECT_TRUE(torch::equal(guess(1), guess_of(kWeak, 1)));
  EXPECT_TRUE(torch::equal(guess(2.1), guess_of(kGood, 2.1)));
  const SharedModel nested = experts({kGood, both}, {5});  // Those within keep their own.
  EXPECT_TRUE(torch::equal(nested->denoiser({{0}, {1}, {2}}, settings)(noisy(), 1).clean,
                           guess_of(kGood, 1)));
  EXPECT_TRUE(torch::equal(nested->denoiser({{0}, {1}, {2}}, settings)(noisy(), 0.5).clean,
                           guess_of(kWeak, 0.5)));
}

// Pictures of 4 x 4 pixels that a model of 2 x 2 is asked about.
Tensor twice_as_large() {
  torch::manual_seed(2);
  return torch::randn({3, 1, 4, 4}, torch::kDouble);
}

TEST(Enlarged, SeesTheMeanOfEachSquareWithItsShareOfTheNoise) {
  const SharedModel large = enlarged(kGood, {1, 4, 4});
  EXPECT_EQ(large->shape, (std::vector<std::int64_t>{1, 4, 4}));
  const Tensor x = twice_as_large();
  const Tensor guess = large->unclamped({}, {})(x, 3);
  for (const std::int64_t i : {0, 1})
    for (const std::int64_t k : {0, 1}) {
      const auto square = [&](const Tensor& of) {
        return of.slice(2, 2 * i, 2 * i + 2).slice(3, 2 * k, 2 * k + 2);
      };
      const Tensor expected = square(x).mean({2, 3}, true) * share(0.5, 1.5);
      EXPECT_TRUE(torch::allclose(square(guess), expected.expand_as(square(guess)), 1e-12, 1e-15));
    }
}

TEST(Enlarged, IsGuidedAtTheLevelsOfTheLargePictures) {
  Model model = gaussian(1);
  SampleSettings told;
  model.unclamped = [&](const std::vector<Condition>&, const SampleSettings& settings) -> Denoise {
    told = settings;
    return [](const Tensor& x, double) { return x; };
  };
  SampleSettings asked;
  asked.guidance_min = 0.5;
  asked.guidance_max = 6;
  asked.guidance_shape = {{3, 0.5}};
  enlarged(shared(model), {1, 6, 6})->unclamped({}, asked);
  EXPECT_DOUBLE_EQ(told.guidance_min, 0.5 / 3);
  EXPECT_DOUBLE_EQ(told.guidance_max, 2);
  EXPECT_EQ(told.guidance_shape, (std::vector<LevelShare>{{1, 0.5}}));
}

TEST(Enlarged, ShapesThatAreNoWholeNumberOfTimesAsLargeAreRefused) {
  for (const std::vector<std::int64_t>& shape :
       std::vector<std::vector<std::int64_t>>{{1, 5, 5}, {1, 4, 6}, {3, 4, 4}, {1, 1, 1}})
    EXPECT_THAT([&] { enlarged(kGood, shape); }, ThrowsMessage<Error>(HasSubstr("whole number")));
}

TEST(Experts, OfTwoSizesAreTwoStagesOfOneModel) {
  Model fine = gaussian(0.8);
  fine.shape = {1, 4, 4};
  fine.gaussians = std::make_shared<ClassGaussians>();
  const SharedModel whole = shared(fine), stages = experts({kGood, whole}, {1});
  EXPECT_EQ(stages->shape, whole->shape);
  EXPECT_EQ(stages->gaussians, whole->gaussians);
  const Tensor x = twice_as_large();
  const auto guess = [&](const SharedModel& model, double sigma) {
    return model->denoiser({{0}, {1}, {2}}, {})(x, sigma).clean;
  };
  EXPECT_TRUE(torch::equal(guess(stages, 2), guess(enlarged(kGood, whole->shape), 2)));
  EXPECT_TRUE(torch::equal(guess(stages, 0.5), guess(whole, 0.5)));
}

TEST(Combined, KnowsTheClassesAndTheLevelsOfTheFirst) {
  Model first = gaussian(0.5), second = gaussian(0.8);
  first.schedule = Schedule(0.25);
  second.classes.has_null = false;
  const SharedModel both = combined({shared(first), shared(second)}, Autoguidance{3});
  EXPECT_EQ(both->schedule.at(1).skip, Schedule(0.25).at(1).skip);
  EXPECT_EQ(both->classes.count, 3);
  EXPECT_FALSE(both->classes.has_null);
  EXPECT_EQ(both->shape, first.shape);
}

TEST(Combined, RefusesWhatDoesNotFit) {
  Model wide = gaussian(0.8), many = gaussian(0.8);
  wide.shape = {3, 4, 8};
  many.classes = {10};
  const auto with = [](const Model& other) {
    return [other] { combined({kGood, shared(other)}, Autoguidance{}); };
  };
  EXPECT_THAT(with(wide), ThrowsMessage<Error>(HasSubstr("8 x 4 pixels and 3 channels")));
  EXPECT_THAT(with(many), ThrowsMessage<Error>(HasSubstr("knows 3 classes, another 10")));
  EXPECT_THAT(
      [] {
        combined({kGood, kWeak}, Autoguidance{-1});
      },
      ThrowsMessage<Error>(HasSubstr("weight of autoguidance is -1")));
  EXPECT_THAT([] { combined({kGood}, Autoguidance{}); },
              ThrowsMessage<Error>(HasSubstr("two models, not 1")));
}

}  // namespace
}  // namespace stepwise
