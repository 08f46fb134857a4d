#include "view/recipe_differences.h"

#include <gtest/gtest.h>

namespace stepwise::app {
namespace {

std::string words_about(const std::vector<Recipe>& recipes) {
  std::vector<const Recipe*> pointers;
  for (const Recipe& recipe : recipes) pointers.push_back(&recipe);
  return words_for(differences_of(pointers));
}

TEST(RecipeDifferences, OfRecipesThatAreTheSameAreNone) {
  Recipe other;
  other.name = "called otherwise";
  EXPECT_EQ(words_about({Recipe{}, other}), "Their recipes are the same.");
}

TEST(RecipeDifferences, AreNamedWithWhatEachHasInTheirOrder) {
  Recipe wide, slow;
  wide.channels = {32, 64};
  slow.learning_rate = 0.003;
  slow.flip = true;
  slow.optimiser = OptimiserKind::kAdamW;
  slow.seed = 12345678901234567890u;
  EXPECT_EQ(words_about({wide, slow}),
            "Their recipes differ in channels (32-64, 16-32-64), flip (no, yes), optimiser (muon, "
            "adamw), learning rate (0.006, 0.003) and seed (1, 12345678901234567890).");
}

TEST(RecipeDifferences, WhatIsEmptyIsNone) {
  Recipe child;
  child.parent = "quick";
  EXPECT_EQ(words_about({Recipe{}, child}), "Their recipes differ in parent (none, quick).");
}

TEST(RecipeDifferences, OfThreeListAllThree) {
  Recipe longer;
  longer.budget.minutes = 20;
  EXPECT_EQ(words_about({Recipe{}, longer, Recipe{}}),
            "Their recipes differ in minutes (2, 20, 2).");
}

}  // namespace
}  // namespace stepwise::app
