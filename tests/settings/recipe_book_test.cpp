#include "settings/recipe_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "error_of.h"

namespace stepwise {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

RecipeFile file(const std::string& name, std::string text, bool own = false) {
  return {"/recipes/" + name + ".json", std::move(text), own};
}

std::vector<std::string> names_of(const std::vector<KnownRecipe>& recipes) {
  std::vector<std::string> names;
  for (const KnownRecipe& known : recipes) names.push_back(known.recipe.name);
  return names;
}

// Of a book of a good recipe, "quick", and this file.
std::string trouble_with(const std::string& text, const std::string& name = "bad") {
  const RecipeBook book = read_recipes({file(name, text), file("quick", "{}")});
  EXPECT_THAT(names_of(book.recipes), ElementsAre("quick")) << text;
  if (book.troubles.size() != 1) return "there is none";
  EXPECT_THAT(book.troubles[0].message, StartsWith("Cannot read '/recipes/" + name + ".json': "));
  return book.troubles[0].message;
}

TEST(RecipeBook, AFileSaysWhereItDiffersFromItsParent) {
  const RecipeBook book =
      read_recipes({file("wide", R"({"parent": "long", "channels": [24, 48], "about": "Wider."})"),
                    file("long", R"({"minutes": 20, "optimiser": "adamw"})")});
  EXPECT_THAT(book.troubles, testing::IsEmpty());
  const KnownRecipe& wide = recipe_of(book, "wide");
  Recipe expected;
  expected.name = "wide";
  expected.parent = "long";
  expected.budget.minutes = 20;
  expected.optimiser = OptimiserKind::kAdamW;
  expected.channels = {24, 48};
  EXPECT_EQ(wide.recipe, expected);
  EXPECT_EQ(wide.about, "Wider.");
  EXPECT_EQ(wide.file, "/recipes/wide.json");
}

TEST(RecipeBook, WithoutAParentAllElseIsTheStructs) {
  const RecipeBook book = read_recipes({file("quick", "{}")});
  EXPECT_EQ(recipe_of(book, "quick").recipe, Recipe{});
  EXPECT_EQ(parent_of(book, Recipe{}).name, "");
}

TEST(RecipeBook, ShorterOnesComeFirstThoseForACardLaterAndTheUsersLast) {
  const RecipeBook book = read_recipes({file("mine", R"({"minutes": 1})", true), file("a", "{}"),
                                        file("card", R"({"minutes": 1, "device": "cuda"})"),
                                        file("b", R"({"minutes": 1})")});
  EXPECT_THAT(names_of(book.recipes), ElementsAre("b", "a", "card", "mine"));
}

TEST(RecipeBook, ThoseForACardAreOfferedThereAlone) {
  const RecipeBook book = read_recipes({file("a", "{}"), file("card", R"({"device": "cuda"})"),
                                        file("child", R"({"parent": "card"})", true)});
  EXPECT_THAT(names_of(recipes_for(book, "cpu")), ElementsAre("a"));
  EXPECT_THAT(names_of(recipes_for(book, "cuda")), ElementsAre("a", "card", "child"));
}

TEST(RecipeBook, ABadFileIsLeftOutAndItsFieldNamed) {
  EXPECT_THAT(trouble_with("{"), HasSubstr("not valid JSON"));
  EXPECT_THAT(trouble_with("[]"), HasSubstr("not an object"));
  EXPECT_THAT(trouble_with(R"({"batsh": 3})"), AllOf(HasSubstr("'batsh'"), HasSubstr("minutes")));
  EXPECT_THAT(trouble_with(R"({"name": "other"})"), HasSubstr("'name'"));
  EXPECT_THAT(trouble_with(R"({"batch": "3"})"), HasSubstr("batch is \"3\", but should be"));
  EXPECT_THAT(trouble_with(R"({"batch": null})"), HasSubstr("batch is null"));
  EXPECT_THAT(trouble_with(R"({"batch": NaN})"), HasSubstr("batch is null"));
  EXPECT_THAT(trouble_with(R"({"batch": 0})"), HasSubstr("must lie between 1 and 65536"));
  EXPECT_THAT(trouble_with(R"({"channels": [30]})"), HasSubstr("multiple of 8"));
  EXPECT_THAT(trouble_with(R"({"minutes": 0})"), HasSubstr("no budget"));
  EXPECT_THAT(trouble_with(R"({"about": 3})"), HasSubstr("about is 3, but should be text"));
  EXPECT_THAT(trouble_with(R"({"parent": ["quick"]})"), HasSubstr("parent is [\"quick\"]"));
  EXPECT_THAT(trouble_with("{}", "b d"), HasSubstr("'b d' is no name for a recipe"));
}

TEST(RecipeBook, AParentThatIsMissingOrBadIsNamed) {
  EXPECT_THAT(trouble_with(R"({"parent": "quack"})"),
              HasSubstr("its parent is 'quack', but there is no recipe of that name"));
  const RecipeBook book = read_recipes(
      {file("child", R"({"parent": "bad"})"), file("bad", R"({"batch": 0})"), file("good", "{}")});
  EXPECT_THAT(names_of(book.recipes), ElementsAre("good"));
  EXPECT_THAT(error_of([&] { recipe_of(book, "child"); }),
              AllOf(HasSubstr("/child.json': its parent is 'bad'"), HasSubstr("batch is 0")));
}

TEST(RecipeBook, ACircleOfParentsIsShown) {
  const RecipeBook book =
      read_recipes({file("a", R"({"parent": "b"})"), file("b", R"({"parent": "c"})"),
                    file("c", R"({"parent": "b"})"), file("self", R"({"parent": "self"})")});
  EXPECT_THAT(book.recipes, testing::IsEmpty());
  EXPECT_THAT(error_of([&] { recipe_of(book, "a"); }), HasSubstr("in a circle, a, b, c, b."));
  EXPECT_THAT(error_of([&] { recipe_of(book, "self"); }), HasSubstr("in a circle, self, self."));
}

TEST(RecipeBook, TheUsersDoNotTakeTheNameOfOthers) {
  const RecipeBook book =
      read_recipes({file("quick", "{}"), {"/own/quick.json", R"({"batch": 7})", true}});
  EXPECT_EQ(recipe_of(book, "quick").recipe.batch, Recipe{}.batch);
  ASSERT_EQ(book.troubles.size(), 1u);
  EXPECT_THAT(book.troubles[0].message,
              AllOf(HasSubstr("'/own/quick.json'"), HasSubstr("'/recipes/quick.json'"),
                    HasSubstr("Rename yours")));
}

TEST(RecipeBook, AnUnknownNameListsThoseThereAre) {
  const RecipeBook book = read_recipes({file("quick", "{}"), file("long", R"({"minutes": 9})")});
  EXPECT_EQ(error_of([&] { recipe_of(book, "slow"); }),
            "There is no recipe 'slow'; there are: quick, long.");
}

TEST(RecipeBook, WithoutAnyRecipeTheReasonIsSaid) {
  RecipeBook book;
  book.troubles.push_back({"", "There are no recipes in '/recipes'."});
  EXPECT_EQ(error_of([&] { recipe_of(book, "quick"); }),
            "There is no recipe 'quick'. There are no recipes in '/recipes'.");
}

TEST(RecipeBook, ANameHasNoPlaceForFoldersOrSpaces) {
  for (const char* name : {"a", "Wide_2-b", "0123456789012345678901234567890123456789"})
    EXPECT_NO_THROW(check_recipe_name(name)) << name;
  for (const char* name :
       {"", ".", "../a", "a b", "a.b", "\xc3\xa4", "01234567890123456789012345678901234567890"})
    EXPECT_THROW(check_recipe_name(name), Error) << name;
}

TEST(RecipeBook, AFileIsReadAsItWasWritten) {
  const RecipeBook book = read_recipes({file("quick", "{}")});
  Recipe mine;
  mine.name = "mine";
  mine.parent = "quick";
  mine.channels = {8, 24};
  mine.decay = Decay::kCosine;
  mine.learning_rate = 0.1 + 0.2;
  const std::string text = text_of_recipe_file(mine, recipe_of(book, "quick").recipe);
  EXPECT_EQ(text,
            "{\n"
            "  \"parent\": \"quick\",\n"
            "  \"channels\": [8,24],\n"
            "  \"learning_rate\": 0.30000000000000004,\n"
            "  \"decay\": \"cosine\"\n"
            "}\n");
  EXPECT_EQ(read_recipe(file("mine", text), book).recipe, mine);
}

TEST(RecipeBook, AFileWithoutAParentIsReadAsItWasWritten) {
  Recipe mine;
  mine.name = "mine";
  mine.batch = 7;
  const std::string text = text_of_recipe_file(mine, parent_of({}, mine));
  EXPECT_EQ(text, "{\n  \"batch\": 7\n}\n");
  EXPECT_EQ(read_recipe(file("mine", text), {}).recipe, mine);
}

}  // namespace
}  // namespace stepwise
