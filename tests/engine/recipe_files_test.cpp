#include "engine/recipe_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "error_of.h"
#include "image/file.h"
#include "settings/json.h"
#include "settings/recipe_fields.h"
#include "temporary_folder.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

fs::path shipped() { return fs::path(STEPWISE_TEST_DATA) / ".." / ".." / "assets" / "recipes"; }

std::vector<std::string> names_of(const std::vector<KnownRecipe>& recipes) {
  std::vector<std::string> names;
  for (const KnownRecipe& known : recipes) names.push_back(known.recipe.name);
  return names;
}

TEST(ShippedRecipes, AreGoodAndEachSaysWhatItIsFor) {
  const RecipeBook book = load_recipes(shipped(), {});
  EXPECT_THAT(book.troubles, testing::IsEmpty());
  EXPECT_THAT(names_of(book.recipes),
              ElementsAre("quick", "quick-gaussian", "usual", "few-steps", "standard",
                          "standard-gaussian", "best", "blur", "low-resolution", "blocks", "text",
                          "gpu"));
  EXPECT_THAT(names_of(recipes_for(book, "cpu")),
              ElementsAre("quick", "quick-gaussian", "usual", "few-steps", "standard",
                          "standard-gaussian", "best", "blur", "low-resolution", "blocks",
                          "text"));
  for (const KnownRecipe& known : book.recipes) {
    EXPECT_FALSE(known.own);
    EXPECT_NE(known.about, "") << known.recipe.name;
  }
}

TEST(ShippedRecipes, ListOnlyWhereTheyDifferFromTheirParents) {
  const RecipeBook book = load_recipes(shipped(), {});
  EXPECT_EQ(recipe_of(book, "quick").recipe, Recipe{});
  for (const KnownRecipe& known : book.recipes) {
    auto fields = parse_object(read_file(known.file), "a recipe");
    for (const char* key : {"parent", "about", "device"}) fields.erase(key);
    EXPECT_EQ(fields.size(), changes(known.recipe, parent_of(book, known.recipe)).size())
        << known.file;
  }
}

TEST(ShippedRecipes, AreThoseThatTheFiguresOfTheReadmeAreOf) {
  const RecipeBook book = load_recipes(shipped(), {});
  const Recipe& standard = recipe_of(book, "standard").recipe;
  EXPECT_EQ(standard.budget, (Budget{20, 0}));
  EXPECT_THAT(standard.channels, ElementsAre(24, 48, 96));
  EXPECT_EQ(standard.learning_rate, 5e-3);
  const Recipe& best = recipe_of(book, "best").recipe;
  EXPECT_EQ(best.budget, (Budget{90, 0}));
  EXPECT_EQ(best.layers_per_block, 2);
  EXPECT_EQ(best.learning_rate, 3e-3);
  const Recipe& gpu = recipe_of(book, "gpu").recipe;
  EXPECT_EQ(gpu.batch, 512);
  EXPECT_EQ(gpu.optimiser, OptimiserKind::kAdamW);
  EXPECT_EQ(gpu.weight_decay, 0.01);
}

TEST(ShippedRecipes, TheirReadmeExplainsEveryFieldAsTheProgramDoes) {
  const std::string readme = read_file(shipped() / "README.md");
  for (const FieldText& field : texts_of({})) {
    const std::string row =
        text_of("| `", field.key, "` | ", field.value, " | ", help_of_field(field.key), " |\n");
    EXPECT_THAT(readme, HasSubstr(row));
  }
}

class RecipeFiles : public testing::Test {
 protected:
  RecipeFiles() { fs::create_directory(own); }

  const TemporaryFolder folder;
  const fs::path own = folder / "own";
};

TEST_F(RecipeFiles, OfTheUserStandBehindTheOthersAndMayComeFromThem) {
  write_file(own / "mine.json", R"({"parent": "standard", "batch": 7})");
  write_file(own / "notes.txt", "None.");
  const RecipeBook book = load_recipes(shipped(), own);
  EXPECT_THAT(book.troubles, testing::IsEmpty());
  ASSERT_EQ(names_of(book.recipes).back(), "mine");
  EXPECT_TRUE(book.recipes.back().own);
  EXPECT_EQ(book.recipes.back().recipe.batch, 7);
  EXPECT_THAT(book.recipes.back().recipe.channels, ElementsAre(24, 48, 96));
}

TEST_F(RecipeFiles, ThatCannotBeReadAreNamedAndTheOthersStay) {
  write_file(own / "a.json", "nonsense");
  fs::create_directory(own / "b.json");
  write_file(own / "c.json", std::string(1 << 20, ' '));
  const RecipeBook book = load_recipes(shipped(), own);
  EXPECT_EQ(book.recipes.size(), load_recipes(shipped(), {}).recipes.size());
  ASSERT_EQ(book.troubles.size(), 3u);
  for (const char* name : {"a", "b", "c"})
    EXPECT_THAT(error_of([&] { recipe_of(book, name); }), HasSubstr(text_of(name, ".json")));
}

TEST_F(RecipeFiles, AMissingFolderOfTheUserIsNoTroubleAndOneOfTheProgramIs) {
  EXPECT_THAT(load_recipes(shipped(), folder / "none").troubles, testing::IsEmpty());
  const RecipeBook book = load_recipes(folder / "none", own);
  EXPECT_THAT(error_of([&] { recipe_of(book, "quick"); }),
              AllOf(HasSubstr("There is no recipe 'quick'"), HasSubstr((folder / "none").string()),
                    HasSubstr("No such file")));
  EXPECT_THAT(error_of([&] { recipe_of(load_recipes(own, {}), "quick"); }),
              HasSubstr("There are no recipes in '" + own.string()));
}

TEST_F(RecipeFiles, SavedOnesAreFoundAgain) {
  const RecipeBook before = load_recipes(shipped(), own);
  KnownRecipe base = recipe_of(before, "gpu");
  Recipe mine = base.recipe;
  mine.name = "mine";
  mine.batch = 7;
  const KnownRecipe saved = save_recipe(mine, base, folder / "new");
  const KnownRecipe found = recipe_of(load_recipes(shipped(), folder / "new"), "mine");
  EXPECT_EQ(saved.recipe, found.recipe);
  EXPECT_EQ(saved.recipe.parent, "gpu");
  EXPECT_EQ(saved.device, found.device);
  EXPECT_EQ(saved.file, found.file);
  EXPECT_TRUE(found.own);
}

TEST_F(RecipeFiles, SavingReplacesNothing) {
  const KnownRecipe base = recipe_of(load_recipes(shipped(), {}), "quick");
  write_file(own / "mine.json", "{}");
  Recipe mine;
  mine.name = "mine";
  EXPECT_THAT(error_of([&] { save_recipe(mine, base, own); }), HasSubstr("exists already"));
  EXPECT_EQ(read_file(own / "mine.json"), "{}");
  mine.name = "../mine";
  EXPECT_THAT(error_of([&] { save_recipe(mine, base, own); }), HasSubstr("no name for a recipe"));
}

TEST_F(RecipeFiles, OneMayLieAnywhere) {
  write_file(folder / "x.json", R"({"parent": "quick", "batch": 9})");
  const KnownRecipe read = load_recipe(folder / "x.json", load_recipes(shipped(), {}));
  EXPECT_EQ(read.recipe.name, "x");
  EXPECT_EQ(read.recipe.batch, 9);
}

}  // namespace
}  // namespace stepwise
