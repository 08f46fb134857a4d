#include "settings/schedule.h"

#include <gtest/gtest.h>

#include "error.h"

namespace stepwise {
namespace {

TEST(Schedule, TheBudgetThatRunsOutFirstCounts) {
  EXPECT_DOUBLE_EQ(fraction_spent({2, 100}, 60, 10), 0.5);
  EXPECT_DOUBLE_EQ(fraction_spent({2, 100}, 6, 75), 0.75);
  EXPECT_DOUBLE_EQ(fraction_spent({0, 100}, 1e9, 50), 0.5);
  EXPECT_DOUBLE_EQ(fraction_spent({2, 0}, 1e9, 50), 1);
  EXPECT_DOUBLE_EQ(fraction_spent({0, 0}, 1e9, 50), 0);
}

TEST(Schedule, RisesToOneDuringTheWarmUpAndFallsToZeroAtTheEnd) {
  Recipe recipe;
  recipe.warm_up = 0.1;
  for (const Decay decay : {Decay::kLinear, Decay::kCosine}) {
    recipe.decay = decay;
    EXPECT_DOUBLE_EQ(rate_factor(recipe, 0), 0.01);
    EXPECT_DOUBLE_EQ(rate_factor(recipe, 0.05), 0.5);
    EXPECT_DOUBLE_EQ(rate_factor(recipe, 0.1), 1);
    EXPECT_NEAR(rate_factor(recipe, 0.55), 0.5, 1e-12);
    EXPECT_EQ(rate_factor(recipe, 1), 0);
    EXPECT_NEAR(rate_factor(recipe, 1 - 1e-9), 0, 1e-8);
  }
}

TEST(Schedule, WhatIsAddedToABudgetIsOfOneKind) {
  EXPECT_EQ(extended({0, 100}, {0, 20}, 7, 100), (Budget{0, 120}));
  EXPECT_EQ(extended({0, 100}, {0, 20}, 7, 50), (Budget{0, 120}));  // Not spent yet.
  EXPECT_EQ(extended({2, 0}, {3, 0}, 120, 50), (Budget{5, 0}));
  EXPECT_EQ(extended({2, 0}, {0, 20}, 120, 50), (Budget{0, 70}));  // 20 from here.
  EXPECT_EQ(extended({0, 100}, {3, 0}, 30, 100), (Budget{3.5, 0}));
  EXPECT_EQ(extended({2, 100}, {0, 20}, 30, 100), (Budget{0, 120}));
  EXPECT_THROW(extended({0, kTrainingSteps.max}, {0, 1}, 7, 50), Error);
}

TEST(Schedule, AGrownBudgetIsOneThatWasPlannedFromTheStart) {
  Recipe recipe;
  recipe.warm_up = 0;
  recipe.budget = {0, 50};
  EXPECT_EQ(rate_factor(recipe, fraction_spent(recipe.budget, 0, 50)), 0);
  recipe.budget = extended(recipe.budget, {0, 150}, 0, 50);
  EXPECT_DOUBLE_EQ(rate_factor(recipe, fraction_spent(recipe.budget, 0, 50)), 0.75);
  EXPECT_EQ(rate_factor(recipe, fraction_spent(recipe.budget, 0, 200)), 0);
}

TEST(Schedule, WithoutWarmUpStartsAtOne) {
  Recipe recipe;
  recipe.warm_up = 0;
  EXPECT_EQ(rate_factor(recipe, 0), 1);
}

}  // namespace
}  // namespace stepwise
