#include "settings/run_changes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "error_of.h"
#include "settings/recipe_fields.h"

namespace stepwise {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(RunChanges, TakeWhatDecidesOnlyHowTheNextStepIsMade) {
  const Recipe recipe =
      changed_in_training({}, {{"weighting", "min-snr"}, {"class_dropout", "0.25"}});
  Recipe expected;
  expected.name = "quick-changed";
  expected.parent = "quick";
  expected.weighting = Weighting::kMinSnr;
  expected.class_dropout = 0.25;
  EXPECT_EQ(recipe, expected);
  EXPECT_EQ(changed_in_training(recipe, {{"sigma_std", "1"}}).name, "quick-changed");
  EXPECT_EQ(changed_in_training({}, {{"weighting", "edm"}, {"batch", "32"}}), Recipe{});
}

TEST(RunChanges, NameTheFieldThatStaysAsItIs) {
  EXPECT_THAT(error_of([] {
                changed_in_training({}, {{"learning_rate", "0.001"}});
              }),
              AllOf(HasSubstr("its learning_rate stays 0.006"), HasSubstr("weighting")));
  EXPECT_THAT(error_of([] {
                changed_at_mark({}, {{"channels", "8,16"}});
              }),
              HasSubstr("keeps the channels of that, 16,32,64"));
  EXPECT_THAT(error_of([] { changed_at_mark({}, {{"wait", "8"}}); }), HasSubstr("no field 'wait'"));
  EXPECT_THAT(error_of([] {
                changed_in_training({}, {{"class_dropout", "2"}});
              }),
              HasSubstr("class_dropout is 2"));
}

TEST(RunChanges, AtAMarkRatesAndTheBudgetCanBeOtherOnes) {
  const Recipe recipe =
      changed_at_mark({}, {{"learning_rate", "0.001"}, {"minutes", "5"}, {"weighting", "uniform"}});
  EXPECT_EQ(recipe.learning_rate, 0.001);
  EXPECT_EQ(recipe.budget.minutes, 5);
  EXPECT_EQ(recipe.weighting, Weighting::kUniform);
}

// Or a field that is renamed would quietly become one that cannot be changed.
TEST(RunChanges, AreOfFieldsThatThereAre) {
  std::vector<std::string> known;
  for (const FieldText& field : texts_of({})) known.push_back(field.key);
  for (const auto key : kLiveFields) EXPECT_THAT(known, testing::Contains(key));
  for (const auto key : kFieldsAtMark) EXPECT_THAT(known, testing::Contains(key));
}

TEST(RunChanges, AreToldInWords) {
  Recipe recipe;
  EXPECT_EQ(words_of_change(1, 1, {}, recipe), "");
  EXPECT_EQ(words_of_change(1, 0.5, {}, recipe), "rate × 0.5");
  recipe.weighting = Weighting::kMinSnr;
  recipe.class_dropout = 0.25;
  EXPECT_EQ(words_of_change(2, 1.0 / 3, {}, recipe),
            "rate × 0.333, class dropout 0.25, weighting min-snr");
}

}  // namespace
}  // namespace stepwise
