// What a model's folder says of the noise levels that its recipe lets it learn.
#include <gtest/gtest.h>

#include "toy_data.h"
#include "training/network.h"

namespace stepwise {
namespace {

double told_by(const Recipe& recipe) { return info_of(recipe, toy_data()).learned_up_to; }

TEST(LearnedLevels, EndWherePicturesBeginAsGaussians) {
  Recipe recipe = toy_recipe(1);
  EXPECT_EQ(told_by(recipe), 0);
  recipe.gaussian_sigma = 2;
  EXPECT_EQ(told_by(recipe), 2);
}

TEST(LearnedLevels, OfAnExpertEndWithItsInterval) {
  Recipe recipe = toy_recipe(1);
  recipe.sigma_high = 5;
  EXPECT_EQ(told_by(recipe), 5);
  recipe.gaussian_sigma = 20;
  EXPECT_EQ(told_by(recipe), 5);
}

TEST(LearnedLevels, AreSeveritiesWhereNoiseIsNotUndone) {
  Recipe recipe = toy_recipe(1);
  recipe.degradation = Degradation::kBlur;
  recipe.sigma_high = 0.5;
  EXPECT_EQ(told_by(recipe), 0);
}

}  // namespace
}  // namespace stepwise
