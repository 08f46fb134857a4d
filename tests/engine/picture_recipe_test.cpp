// Recipes of pictures that several models have drawn together.
#include "engine/picture_recipe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "error.h"
#include "settings/json.h"

namespace stepwise {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;
using testing::ThrowsMessage;

// Of two models, one led away from the other, and the whole above a third.
PictureRecipe recipe_of_three() {
  PictureRecipe recipe;
  recipe.models = {{3, "strong", "/models/strong", "aa"},
                   {5, "weak", "/models/weak", "bb"},
                   {6, "led away", {}, "", {3, 5}, Autoguidance{2.5}},
                   {8, "fine", "/models/fine", "cc"},
                   {9, "all", {}, "", {6, 8}, Experts{{0.75}}}};
  SampleSettings settings;
  settings.count = 1;
  recipe.branches = {{0, Sample{9, settings, {Condition{3}}}}};
  recipe.pictures = {0};
  return recipe;
}

TEST(CombinedRecipe, ComesBackWithItsPartsAndHowTheyWereCombined) {
  const PictureRecipe again = recipe_of_text(text_of_recipe(recipe_of_three()), "a");
  EXPECT_THAT(again.models[2].parts, ElementsAre(3, 5));
  EXPECT_EQ(again.models[2].how, Combination(Autoguidance{2.5}));
  EXPECT_THAT(again.models[4].parts, ElementsAre(6, 8));
  EXPECT_EQ(again.models[4].how, Combination(Experts{{0.75}}));
  EXPECT_EQ(text_of_recipe(again), text_of_recipe(recipe_of_three()));
}

TEST(CombinedRecipe, OfBeforeThereWereAnyIsStillRead) {
  PictureRecipe single = recipe_of_three();
  single.models = {{9, "old", "/models/old", "dd"}};
  nlohmann::json old = nlohmann::json::parse(text_of_recipe(single));
  ASSERT_EQ(old["models"][0].erase("parts"), 1u);
  ASSERT_EQ(old["models"][0].erase("how"), 1u);
  const PictureRecipe read = recipe_of_text(old.dump(), "a");
  EXPECT_EQ(read.models[0].folder, "/models/old");
  EXPECT_TRUE(read.models[0].parts.empty());
  EXPECT_FALSE(read.models[0].how);
}

TEST(CombinedRecipe, IsRefusedWherePartsAreMissing) {
  PictureRecipe recipe = recipe_of_three();
  recipe.models[2].parts = {3, 8};
  EXPECT_THAT([&] { check(recipe); },
              ThrowsMessage<Error>(AllOf(HasSubstr("led away"), HasSubstr("model 8"))));
  recipe = recipe_of_three();
  recipe.models[4].how.reset();
  EXPECT_THAT([&] { check(recipe); }, ThrowsMessage<Error>(HasSubstr("does not say how")));
}

TEST(CombinedRecipe, OfModelsThatDoubleOverAndOverIsRefused) {
  PictureRecipe recipe = recipe_of_three();
  for (ModelId id = 10; id < 20; ++id)
    recipe.models.push_back({id, "twice", {}, "", {id - 1, id - 1}, Autoguidance{}});
  EXPECT_THAT([&] { check(recipe); }, ThrowsMessage<Error>(HasSubstr("more than the 64")));
}

TEST(CombinedRecipe, TellsAPersonHowTheWholeIsMade) {
  const auto words = words_for(recipe_of_three());
  EXPECT_THAT(words, Contains(Pair("model", "led away, of strong and weak: autoguidance 2.5")));
  EXPECT_THAT(words,
              Contains(Pair("model", "all, of led away and fine: handing over at sigma 0.75")));
}

}  // namespace
}  // namespace stepwise
