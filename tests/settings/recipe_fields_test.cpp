#include "settings/recipe_fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "error_of.h"

namespace stepwise {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

std::string value_of_field(const Recipe& recipe, std::string_view key) {
  for (const FieldText& field : texts_of(recipe))
    if (field.key == key) return field.value;
  return "there is none";
}

std::string trouble(std::string_view key, std::string_view text) {
  Recipe recipe;
  const std::string words = error_of([&] { set_field(recipe, key, text, "here"); });
  EXPECT_EQ(recipe, Recipe{}) << text;
  return words;
}

TEST(RecipeFields, EachHasItsSentenceAndNoneIsLeftOver) {
  std::vector<std::string_view> explained;
  for (const FieldHelp& each : kRecipeHelp) {
    explained.push_back(each.key);
    EXPECT_THAT(each.help, testing::EndsWith(".")) << each.key;
  }
  std::vector<std::string> listed;
  for (const FieldText& field : texts_of({})) listed.push_back(field.key);
  EXPECT_THAT(explained, testing::ElementsAreArray(listed));
}

TEST(RecipeFields, StandInTheirGroupsAndNamesInNone) {
  std::vector<std::string_view> groups;
  for (const FieldText& field : texts_of({})) {
    EXPECT_NE(field.key, "name");
    EXPECT_NE(field.key, "parent");
    if (groups.empty() || groups.back() != field.group->title) groups.push_back(field.group->title);
  }
  EXPECT_THAT(groups, ElementsAre("Budget", "Network", "Loss", "Optimiser", "The run"));
}

TEST(RecipeFields, AreReadAsTheyAreWritten) {
  Recipe recipe;
  recipe.budget = {0.1 + 0.2, 7};
  recipe.channels = {8, 24};
  recipe.attention = false;
  recipe.optimiser = OptimiserKind::kAdamW;
  recipe.decay = Decay::kCosine;
  recipe.seed = 0xFFFFFFFFFFFFFFFF;
  Recipe again;
  for (const FieldText& field : texts_of(recipe)) set_field(again, field.key, field.value, "here");
  EXPECT_EQ(again, recipe);
  EXPECT_EQ(value_of_field(recipe, "channels"), "8,24");
  EXPECT_EQ(value_of_field(recipe, "optimiser"), "adamw");
  EXPECT_EQ(value_of_field(recipe, "attention"), "false");
}

TEST(RecipeFields, AlsoTakeJson) {
  Recipe recipe;
  set_field(recipe, "channels", "[16, 24]", "here");
  set_field(recipe, "optimiser", "\"adamw\"", "here");
  set_field(recipe, "batch", "1e2", "here");
  EXPECT_THAT(recipe.channels, ElementsAre(16, 24));
  EXPECT_EQ(recipe.optimiser, OptimiserKind::kAdamW);
  EXPECT_EQ(recipe.batch, 100);
}

TEST(RecipeFields, SayWhatValuesTheyCanHaveWhereTheseAreFew) {
  std::map<std::string, std::vector<std::string>> choices;
  for (const FieldText& field : texts_of({})) choices[field.key] = field.choices;
  EXPECT_THAT(choices["optimiser"], ElementsAre("adamw", "muon"));
  EXPECT_THAT(choices["flip"], ElementsAre("false", "true"));
  EXPECT_THAT(choices["batch"], ElementsAre());
}

TEST(RecipeFields, OfDegradationsThereMayBeSeveralInAnOrder) {
  Recipe recipe;
  set_field(recipe, "degradation", "text,blur", "here");
  EXPECT_EQ(recipe.degradation, DegradationStack({Degradation::kText, Degradation::kBlur}));
  EXPECT_EQ(value_of_field(recipe, "degradation"), "text,blur");
  for (const FieldText& field : texts_of(recipe)) {
    EXPECT_EQ(field.several, field.key == "degradation") << field.key;
    if (!field.several) continue;
    EXPECT_EQ(field.choices.size(), kDegradations.size());
  }
  EXPECT_THAT(trouble("degradation", "blur,noise"),
              AllOf(StartsWith("Cannot read 'here': degradation: "), HasSubstr("has noise")));
  EXPECT_THAT(trouble("degradation", "7"), HasSubstr("degradation is 7, but should be text"));
}

TEST(RecipeFields, RefuseWhatTheyCannotBeAndSayWhatTheyCan) {
  EXPECT_EQ(trouble("batch", "many"),
            "Cannot read 'here': batch is \"many\", but should be a whole number.");
  EXPECT_EQ(trouble("batch", "0"),
            "Cannot read 'here': batch is 0, but must lie between 1 and 65536.");
  EXPECT_THAT(trouble("optimiser", "sgd"), HasSubstr("should be one of: adamw, muon"));
  EXPECT_THAT(trouble("flip", "1"), HasSubstr("flip is 1, but should be true or false"));
  EXPECT_THAT(trouble("seed", "-1"), HasSubstr("seed is -1"));
  EXPECT_THAT(trouble("channels", "16,x"), HasSubstr("channels is \"16,x\""));
  EXPECT_THAT(trouble("learning_rate", "NaN"), HasSubstr("learning_rate is \"NaN\""));
  EXPECT_THAT(trouble("batch", ""), HasSubstr("batch is \"\""));
  EXPECT_THAT(trouble("channels", std::string(5000, '[')), HasSubstr("5000 characters"));
}

TEST(RecipeFields, AnUnknownOneListsThoseThereAre) {
  EXPECT_THAT(trouble("batsh", "1"),
              AllOf(StartsWith("Cannot read 'here': "), HasSubstr("'batsh'"),
                    HasSubstr("minutes, steps, channels, layers_per_block"), HasSubstr("seed.")));
  EXPECT_THAT(trouble("name", "mine"), HasSubstr("no field 'name'"));
}

TEST(RecipeFields, ChangesAreThoseThatDiffer) {
  Recipe recipe;
  recipe.name = "other";
  recipe.batch = 64;
  recipe.channels = {8};
  const std::vector<FieldChange> changed = changes(recipe, Recipe{});
  ASSERT_EQ(changed.size(), 2u);
  EXPECT_EQ(changed[0].key, "channels");
  EXPECT_EQ(changed[0].value, "8");
  EXPECT_EQ(changed[0].before, "16,32,64");
  EXPECT_EQ(changed[1].key, "batch");
  EXPECT_EQ(changed[1].before, "32");
}

TEST(NamedForRun, ARecipeThatTrainsOtherwiseIsAnother) {
  Recipe base;
  base.name = "standard";
  base.parent = "quick";
  Recipe recipe = base;
  recipe.batch = 7;
  const Recipe named = named_for_run(recipe, base);
  EXPECT_EQ(named.name, "standard-changed");
  EXPECT_EQ(named.parent, "standard");
  EXPECT_EQ(named.batch, 7);
}

TEST(NamedForRun, HowLongAndFromWhichSeedMakesNone) {
  Recipe base;
  Recipe recipe = base;
  recipe.budget = {9, 9};
  recipe.seed = 9;
  recipe.gallery_seconds = 0;
  EXPECT_EQ(named_for_run(recipe, base), recipe);
}

}  // namespace
}  // namespace stepwise
