#include "settings/recipe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "settings/json.h"

namespace stepwise {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

Recipe read_recipe(std::string_view text) { return read_object<Recipe>(text, "the recipe"); }

TEST(Recipe, JsonKeepsEveryField) {
  Recipe recipe;
  recipe.name = "mine";
  recipe.parent = "standard";
  recipe.budget = {0, 77};
  recipe.channels = {8, 24, 40};
  recipe.layers_per_block = 2;
  recipe.attention = !recipe.attention;
  recipe.sigma_data = 0.5;
  recipe.sigma_mean = -1.25;
  recipe.sigma_std = 0.1 + 0.2;  // Not a short decimal.
  recipe.class_dropout = 0.2;
  recipe.flip = !recipe.flip;
  recipe.shift = 3;
  recipe.consistency = 8;
  recipe.optimiser = OptimiserKind::kAdamW;
  recipe.batch = 5;
  recipe.learning_rate = 1e-4;
  recipe.momentum = 0.5;
  recipe.warm_up = 0.25;
  recipe.decay = Decay::kCosine;
  recipe.weight_decay = 0.125;
  recipe.clip = 7;
  recipe.ema = 0.375;
  recipe.bfloat16 = !recipe.bfloat16;
  recipe.half_weights = !recipe.half_weights;
  recipe.gallery_seconds = 9;
  recipe.measure_count = 200;
  recipe.checkpoint_seconds = 8;
  recipe.marks = 7;
  recipe.seed = 0xFFFFFFFFFFFFFFFF;
  EXPECT_EQ(read_recipe(text_of_json(value_of(recipe))), recipe);
}

TEST(Recipe, BadJsonNamesTheField) {
  EXPECT_THAT([] { read_recipe("[1]"); },
              ThrowsMessage<Error>(HasSubstr("'the recipe': it is JSON, but not an object")));
  EXPECT_THAT([] { read_recipe("{"); }, ThrowsMessage<Error>(HasSubstr("not valid JSON")));
  EXPECT_THAT([] { read_recipe(R"({"batch": "many"})"); },
              ThrowsMessage<Error>(HasSubstr("batch is \"many\"")));
  EXPECT_THAT(
      [] { read_recipe(R"({"optimiser": "sgd"})"); },
      ThrowsMessage<Error>(HasSubstr("optimiser is \"sgd\", but should be one of: adamw, muon")));
  EXPECT_THAT([] { read_recipe(R"({"batch": -1})"); },
              ThrowsMessage<Error>(HasSubstr("batch is -1")));
  EXPECT_THAT([] { read_recipe(R"({"channels": [32, 1e99]})"); },
              ThrowsMessage<Error>(HasSubstr("channels")));
}

TEST(Recipe, ChecksNameTheFieldOutOfRange) {
  Recipe recipe;
  recipe.learning_rate = 0;
  EXPECT_THAT([&] { check(recipe); }, ThrowsMessage<Error>(HasSubstr("learning_rate is 0")));
  recipe = {};
  recipe.budget = {};
  EXPECT_THAT([&] { check(recipe); }, ThrowsMessage<Error>(HasSubstr("no budget")));
  recipe = {};
  recipe.channels = {30};
  EXPECT_THAT([&] { check(recipe); }, ThrowsMessage<Error>(HasSubstr("multiple of 8")));
}

TEST(Recipe, OnlyNetworksOfEdmThatUndoNoiseAreTunedForFewSteps) {
  Recipe recipe;
  recipe.consistency = 8;
  EXPECT_NO_THROW(check(recipe));
  for (const auto& [parameterisation, name] : kParameterisations) {
    if (parameterisation == Parameterisation::kEdm) continue;
    recipe.parameterisation = parameterisation;
    EXPECT_THAT([&] { check(recipe); },
                ThrowsMessage<Error>(HasSubstr("parameterisation is " + std::string(name) + ":")));
  }
  recipe.parameterisation = Parameterisation::kEdm;
  recipe.sigma_low = 0.5;
  EXPECT_THAT([&] { check(recipe); }, ThrowsMessage<Error>(HasSubstr("sigma_low is 0.5")));
  recipe.sigma_low = 0;
  recipe.degradation = Degradation::kBlur;
  EXPECT_THAT([&] { check(recipe); }, ThrowsMessage<Error>(HasSubstr("undoes blur")));
}

TEST(Recipe, ThatTunesAModelWantsOne) {
  Recipe recipe;
  EXPECT_EQ(trouble_with_new_weights(recipe), "");
  recipe.consistency = 1;
  EXPECT_THAT(trouble_with_new_weights(recipe), HasSubstr("--from MODEL"));
}

}  // namespace
}  // namespace stepwise
