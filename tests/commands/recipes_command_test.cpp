#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "commands/bars.h"
#include "commands/program.h"
#include "image/file.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

class RecipesCommand : public testing::Test {
 protected:
  RecipesCommand() { fs::create_directories(own); }

  Outcome run(const std::vector<std::string>& arguments) const {
    return run_program(arguments, {{"XDG_DATA_HOME", (folder / "share").string()}});
  }
  Outcome train(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"train", "--threads", "1", "--steps", "1", "--data",
                                         (folder / "bars").string(), "--out", trained.string()});
    return run(arguments);
  }
  nlohmann::json trained_recipe() const {
    const auto info = nlohmann::json::parse(read_file(trained / "stepwise.json"));
    return info.at("training").at("recipe");
  }

  const TemporaryFolder folder;
  const fs::path own = folder / "share/stepwise/recipes", trained = folder / "run";
};

TEST_F(RecipesCommand, ListsEachByWhatItChangesOfItsParent) {
  write_file(own / "mine.json", R"({"parent": "best", "flip": true})");
  const Outcome all = run({"recipes"});
  EXPECT_EQ(all.status, 0);
  EXPECT_THAT(all.said, AllOf(ContainsRegex("quick +the defaults\n"),
                              ContainsRegex("standard +quick, but with minutes 20, channels "
                                            "24,48,96, learning_rate 0.005\n"),
                              ContainsRegex("mine +best, but with flip true\n")));
}

TEST_F(RecipesCommand, ShowsEveryFieldOfOneBesideItsParents) {
  const Outcome one = run({"recipes", "standard"});
  EXPECT_EQ(one.status, 0);
  EXPECT_THAT(one.said, AllOf(ContainsRegex("\n\\* channels +24,48,96 +16,32,64 +Channels at"),
                              ContainsRegex("\n  batch +32 +32 +Pictures in each step")));
}

TEST_F(RecipesCommand, WarnsOfAFileThatIsNoneAndShowsTheOthers) {
  write_file(own / "mine.json", R"({"batch": 0})");
  const Outcome all = run({"recipes"});
  EXPECT_EQ(all.status, 0);
  EXPECT_THAT(all.said, AllOf(HasSubstr("mine.json': batch is 0"), HasSubstr("standard")));
  const Outcome one = run({"recipes", "mine"});
  EXPECT_EQ(one.status, 1);
  EXPECT_THAT(one.said, HasSubstr("mine.json': batch is 0"));
}

TEST_F(RecipesCommand, WithoutTheProgramsOwnItSaysWhereTheyShouldBe) {
  for (const std::vector<std::string>& line :
       {std::vector<std::string>{"recipes"}, {"recipes", "quick"}, {"train"}}) {
    const Outcome outcome = run_program(line, {{"STEPWISE_HOME", folder.path().string()}});
    EXPECT_EQ(outcome.status, 1) << line[0];
    EXPECT_THAT(outcome.said, HasSubstr((folder / "assets/recipes").string())) << line[0];
  }
}

TEST_F(RecipesCommand, ARunKeepsTheWholeRecipeAndItsParentsName) {
  write_bars(folder / "bars");
  write_file(folder / "small.json", R"({"parent": "quick", "channels": [8], "seed": 7})");
  const Outcome outcome = train({"--recipe", (folder / "small.json").string()});
  EXPECT_EQ(outcome.status, 0) << outcome.said;
  EXPECT_THAT(outcome.said, HasSubstr("recipe small,"));
  const nlohmann::json recipe = trained_recipe();
  EXPECT_EQ(recipe.at("name"), "small");
  EXPECT_EQ(recipe.at("parent"), "quick");
  EXPECT_EQ(recipe.at("channels"), nlohmann::json({8}));
  EXPECT_EQ(recipe.at("seed"), 7);
  EXPECT_EQ(recipe.at("batch"), 32);
}

TEST_F(RecipesCommand, SetFieldsMakeAChildOfTheRecipe) {
  write_bars(folder / "bars");
  const Outcome outcome =
      train({"--set", "channels=8,16", "--set", "batch=4", "--set", "decay=cosine"});
  EXPECT_EQ(outcome.status, 0) << outcome.said;
  const nlohmann::json recipe = trained_recipe();
  EXPECT_EQ(recipe.at("name"), "quick-changed");
  EXPECT_EQ(recipe.at("parent"), "quick");
  EXPECT_EQ(recipe.at("channels"), nlohmann::json({8, 16}));
  EXPECT_EQ(recipe.at("batch"), 4);
  EXPECT_EQ(recipe.at("decay"), "cosine");
}

TEST_F(RecipesCommand, FieldsThatCannotBeSetAreRefusedBeforeTheWork) {
  const auto said = [&](const std::string& text) {
    const Outcome outcome = train({"--set", text});
    EXPECT_EQ(outcome.status, 1) << text;
    EXPECT_THAT(outcome.said, Not(HasSubstr("training in")));
    return outcome.said;
  };
  EXPECT_THAT(said("batsh=4"), AllOf(HasSubstr("no field 'batsh'"), HasSubstr("steps, channels")));
  EXPECT_THAT(said("batch=0"), HasSubstr("batch is 0, but must lie between 1 and 65536"));
  EXPECT_THAT(said("batch"), HasSubstr("field=value"));
  EXPECT_THAT(said("channels=8,12"), HasSubstr("multiple of 8"));
  EXPECT_EQ(train({"--set", "batch=4", "--resume", trained.string()}).status, 2);
}

}  // namespace
}  // namespace stepwise
