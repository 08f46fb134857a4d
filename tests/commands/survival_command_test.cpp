#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "commands/bars.h"
#include "commands/model_file.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// A run of one step, of pictures of 8 x 8.
class SurvivalCommand : public testing::Test {
 protected:
  SurvivalCommand() {
    write_bars(folder / "bars", 8);
    const Outcome run =
        run_program({"train", "--data", folder / "bars", "--steps", "1", "--out", folder / "run"});
    EXPECT_EQ(run.status, 0) << run.said;
  }

  Outcome survival(const std::vector<std::string>& more) const {
    return run_program(followed({"survival", folder / "run", "--count", "2"}, more));
  }
  json info() const { return json::parse(text_in(file)); }

  const TemporaryFolder folder;
  const fs::path file = folder / "run/stepwise.json";
};

TEST_F(SurvivalCommand, PrintsALineForEachLevelAndAColumnForEachSize) {
  const Outcome outcome = survival({});
  EXPECT_EQ(outcome.status, 0) << outcome.said;
  EXPECT_THAT(outcome.said, AllOf(HasSubstr("2 pictures"), HasSubstr("   2 px   4 px\n"),
                                  HasSubstr("\nσ     0.02"), Not(HasSubstr("8 px"))));
  EXPECT_FALSE(info().contains("survival"));
}

TEST_F(SurvivalCommand, KeepsTheTableInTheModelWhereAskedToAndNothingElseChanges) {
  const std::string before = text_in(file);
  EXPECT_THAT(survival({"--save"}).said, HasSubstr("wrote " + file.string()));
  json after = info();
  ASSERT_EQ(after["survival"].size(), 15u * 2u);
  for (const json& row : after["survival"]) {
    EXPECT_GT(row["sigma"], 0);
    EXPECT_GE(row["share"], 0);
    EXPECT_LE(row["share"], 1);
  }
  after.erase("survival");
  EXPECT_EQ(after.dump(2) + "\n", before);
  EXPECT_EQ(run_program({"info", folder / "run"}).status, 0);
}

TEST_F(SurvivalCommand, PrintsJsonOfTheSameTable) {
  const Outcome outcome = survival({"--json", "--save", "--seed", "5"});
  ASSERT_EQ(outcome.status, 0) << outcome.said;
  const json told = json::parse(object_in(outcome));
  EXPECT_EQ(told["seed"], 5);
  EXPECT_EQ(told["count"], 2);
  EXPECT_EQ(told["survival"], info()["survival"]);
}

TEST_F(SurvivalCommand, ATableOutOfRangeIsTheModelsFault) {
  replace_in(file, "{", R"({"survival": [{"sigma": 1, "size": 2, "share": 3}],)");
  const Outcome outcome = run_program({"info", folder / "run"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.said, AllOf(HasSubstr(file.string()), HasSubstr("share in survival is 3")));
}

TEST(SurvivalOfOthers, HasNoPlaceToBeKeptWhichIsToldBeforeTheWork) {
  const TemporaryFolder folder;
  copy_model(folder / "model");
  const Outcome outcome = run_program({"survival", folder / "model", "--save"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.said, AllOf(HasSubstr("has no stepwise.json"), Not(HasSubstr("0 %"))));
  EXPECT_FALSE(fs::exists(folder / "model/stepwise.json"));
}

}  // namespace
}  // namespace stepwise
