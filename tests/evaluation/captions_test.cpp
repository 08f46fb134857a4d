#include "evaluation/captions.h"

#include <gmock/gmock.h>
#include <torch/utils.h>

#include <cmath>

#include "error.h"

namespace stepwise {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

constexpr int kClasses = 4;

// Pictures of one pixel whose value is their class; the model guesses the class that it is told,
// and the middle of all where it is told none.
SharedModel model(bool has_null = true) {
  Model model;
  model.classes = {kClasses, has_null};
  model.shape = {1, 1, 1};
  model.unclamped = [](const std::vector<Condition>& told, const SampleSettings&) -> Denoise {
    std::vector<float> values;
    for (const Condition& each : told)
      values.push_back(each.label ? float(*each.label) : float(kClasses - 1) / 2);
    const Tensor guess = torch::tensor(values).view({-1, 1, 1, 1}) / kClasses;
    return [guess](const Tensor&, double) { return Guess(guess); };
  };
  return std::make_shared<const Model>(std::move(model));
}

struct Captioned {
  Tensor clean;
  std::vector<int> indices, labels;
};

Captioned pictures(int count) {
  Captioned all;
  std::vector<float> values;
  for (int i = 0; i < count; ++i) {
    all.indices.push_back(100 + i);
    all.labels.push_back(i % kClasses);
    // Never quite what is guessed, or no error could be a share of another one.
    values.push_back((float(i % kClasses) + 0.1f) / kClasses);
  }
  all.clean = torch::tensor(values).view({count, 1, 1, 1});
  return all;
}

CaptionReview review(SharedModel model, const Captioned& all, double wrong = 0) {
  CaptionReviewing reviewing(std::move(model), all.clean, all.indices, all.labels, wrong, 7);
  while (reviewing.step()) EXPECT_LT(reviewing.fraction(), 1);
  EXPECT_DOUBLE_EQ(reviewing.fraction(), 1);
  return reviewing.review();
}

TEST(Captions, RightOnesAreDisputedByNobody) {
  const CaptionReview all = review(model(), pictures(30));
  EXPECT_EQ(all.count, 30);
  EXPECT_EQ(all.disputed, 0);
  EXPECT_TRUE(all.doubts.empty());
}

TEST(Captions, OneThatIsWrongIsFoundWithWhatItShouldBe) {
  Captioned all = pictures(30);
  all.labels[5] = 3;  // A picture of class 1.
  const CaptionReview found = review(model(), all);
  ASSERT_EQ(found.disputed, 1);
  EXPECT_EQ(found.doubts[0].index, 105);
  EXPECT_EQ(found.doubts[0].told, 3);
  EXPECT_EQ(found.doubts[0].believed, 1);
  EXPECT_NEAR(found.doubts[0].margin, 1 - std::pow(0.1 / 1.9, 2), 1e-4);
  EXPECT_FALSE(found.doubts[0].made);
}

TEST(Captions, ThoseMadeWrongAreAllFoundAndCounted) {
  const CaptionReview all = review(model(), pictures(200), 0.3);
  EXPECT_NEAR(all.made, 60, 20);
  EXPECT_EQ(all.disputed, all.made);
  EXPECT_EQ(all.found, all.made);
  EXPECT_EQ(int(all.doubts.size()), std::min(all.made, kMostDoubts));
  for (std::size_t i = 1; i < all.doubts.size(); ++i)
    EXPECT_GE(all.doubts[i - 1].margin, all.doubts[i].margin);
}

TEST(Captions, TheEffectOfTheClassIsTheErrorThatItTakesAway) {
  const CaptionReview all = review(model(), pictures(kClasses));
  // Told 0.1, told nothing 1.4, 0.4, 0.6 and 1.6 of a class away.
  const double none = (1.4 * 1.4 + 0.4 * 0.4 + 0.6 * 0.6 + 1.6 * 1.6) / 4;
  ASSERT_EQ(all.effects.size(), 5u);
  for (const ClassEffect& level : all.effects)
    EXPECT_NEAR(level.effect, 1 - 0.01 / none, 1e-4) << level.sigma;
  EXPECT_TRUE(review(model(false), pictures(kClasses)).effects.empty());
}

TEST(Captions, AreNotReviewedByAModelThatCannotKnow) {
  Captioned all = pictures(4);
  all.clean = all.clean.expand({4, 1, 2, 2}).clone();
  EXPECT_THAT([&] { review(model(), all); }, ThrowsMessage<Error>(HasSubstr("[1, 2, 2]")));
  Model one;
  one.classes = {1};
  one.shape = {1, 1, 1};
  const auto alone = std::make_shared<const Model>(one);
  EXPECT_THAT([&] { review(alone, pictures(4)); }, ThrowsMessage<Error>(HasSubstr("1 classes")));
}

}  // namespace
}  // namespace stepwise
