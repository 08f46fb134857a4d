// Regions have conditions of their own.
#include "editing/regions.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include "painting/shares.h"
#include "trees.h"

namespace stepwise {
namespace {

const Condition kOwn{1};
const Shape kFirstRow = Stroke{{{0, 0.5f}, {4, 0.5f}}, 1, 0};
constexpr double kSigma = 2;

// A branch of one picture, to be composed.
Branch branch_with(const Layers& layers, SampleSettings settings = {}) {
  Branch branch;
  branch.model = model_with_network();
  branch.settings = settings;
  branch.pictures = {1};
  branch.conditions = {{0}, kOwn, {2}};
  branch.layers = layers;
  branch.edited = torch::zeros({1, 1, 4, 4});
  return branch;
}

Tensor guess_with(const Layers& layers, SampleSettings settings = {}) {
  torch::manual_seed(3);
  const Tensor x = kSigma * torch::randn({1, 1, 4, 4});
  return compose(branch_with(layers, settings))(x, kSigma).clean[0][0];
}

Tensor guess_of(const Condition& condition, SampleSettings settings = {}) {
  torch::manual_seed(3);
  const Tensor x = kSigma * torch::randn({1, 1, 4, 4});
  return model_with_network()->denoiser({condition}, settings)(x, kSigma).clean[0][0];
}

Layer region(const Shape& shape, const Condition& condition, float strength = 1) {
  return {shape, Region{condition, strength}};
}

TEST(Regions, OneConditionEverywhereIsItsDenoiserToTheBit) {
  EXPECT_TRUE(torch::equal(guess_with({region(Everywhere{}, {3})}), guess_of({3})));
  EXPECT_TRUE(torch::equal(guess_with({region(Everywhere{}, {})}), guess_of({})));
}

TEST(Regions, OfNoStrengthAreNothing) {
  EXPECT_TRUE(torch::equal(guess_with({region(Everywhere{}, {3}, 0)}), guess_of(kOwn)));
  EXPECT_TRUE(torch::equal(guess_with({}), guess_of(kOwn)));
}

TEST(Regions, HaveTheirOwnConditionEachAndTheRestHasThatOfThePicture) {
  const Tensor guess =
      guess_with({region(kFirstRow, {3}), region(Stroke{{{0, 3.5f}, {4, 3.5f}}, 1, 0}, {})});
  EXPECT_TRUE(torch::equal(guess[0], guess_of({3})[0]));
  EXPECT_TRUE(torch::equal(guess.slice(0, 1, 3), guess_of(kOwn).slice(0, 1, 3)));
  EXPECT_TRUE(torch::equal(guess[3], guess_of({})[3]));
}

TEST(Regions, AreMixedByTheirCoverageAndStrength) {
  Layer half = region(Everywhere{}, {3}, 1.5f);
  half.strength = 0.5f;
  const Tensor own = guess_of(kOwn), other = guess_of({3});
  EXPECT_TRUE(torch::allclose(guess_with({half}), (own + 0.75 * (other - own)).clamp(-1, 1)));
}

TEST(Regions, AreGuidedAsThePictureIs) {
  SampleSettings settings;
  settings.guidance = 2;
  EXPECT_TRUE(torch::allclose(guess_with({region(kFirstRow, {3})}, settings)[0],
                              guess_of({3}, settings)[0]));
}

TEST(Regions, AreTakenAwayByTheEraser) {
  EXPECT_TRUE(
      torch::equal(guess_with({region(kFirstRow, {3}), {Everywhere{}, Erase{}}}), guess_of(kOwn)));
}

TEST(Regions, LeaveWhatIsLockedAlone) {
  const Tensor guess = guess_with({region(Everywhere{}, {3}), {kFirstRow, Lock{}}});
  EXPECT_TRUE((guess[0] == 0).all().item<bool>());
  EXPECT_TRUE(torch::equal(guess[1], guess_of({3})[1]));
}

TEST(Regions, OfAClassThatTheModelDoesNotKnowAreRefused) {
  EXPECT_THROW(compose(branch_with({region(kFirstRow, {kClasses})})), Error);
  EXPECT_THROW(compose(branch_with({region(kFirstRow, {-1})})), Error);
  for (const float strength : {-1.f, 4.f, NAN})
    EXPECT_THROW(check(Layers{region(kFirstRow, {3}, strength)}), Error) << strength;
}

TEST(Shares, SumToOneAndLeaveOutWhatHasNone) {
  const auto shares = shares_by(
      {region(kFirstRow, {2}, 0.7f), region(Everywhere{}, {3}, 1.2f), region(dot(1, 2), kOwn)},
      kOwn, 4, 4);
  ASSERT_EQ(shares.size(), 3u);
  for (std::size_t i = 0; i < 16; ++i)
    EXPECT_FLOAT_EQ(shares[0].of.pixels[i] + shares[1].of.pixels[i] + shares[2].of.pixels[i], 1);
  EXPECT_EQ(shares_by({region(Everywhere{}, {3})}, kOwn, 4, 4).size(), 1u);
  EXPECT_TRUE(shares_by({flood(1)}, kOwn, 4, 4).empty());
}

}  // namespace
}  // namespace stepwise
