#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "commands/bars.h"
#include "commands/program.h"

namespace stepwise {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;

class FindRateCommand : public testing::Test {
 protected:
  FindRateCommand() { write_bars(folder / "bars"); }

  Outcome find_rate(const std::vector<std::string>& more) const {
    return run_program(
        followed({"find-rate", "quick", "--data", folder / "bars", "--set", "channels=8,8"}, more));
  }

  const TemporaryFolder folder;
};

TEST_F(FindRateCommand, PrintsTheCurveAndWhatToTypeNext) {
  const Outcome outcome = find_rate({});
  EXPECT_EQ(outcome.status, 0) << outcome.said;
  EXPECT_THAT(outcome.said,
              AllOf(HasSubstr("learning rate      loss  smoothed\n        6e-06"),
                    HasSubstr("Tried from 6e-06 to"), HasSubstr("stepwise train --recipe quick "),
                    HasSubstr(" --set channels=8,8 --set learning_rate=0.0")));
}

TEST_F(FindRateCommand, PrintsJsonOfAllPoints) {
  const Outcome outcome = find_rate({"--set", "learning_rate=1", "--json"});
  ASSERT_EQ(outcome.status, 0) << outcome.said;
  const json told = json::parse(object_in(outcome));
  EXPECT_EQ(told["recipe"]["learning_rate"], 1);
  EXPECT_EQ(told["search"]["from"], 0.001);
  EXPECT_EQ(told["search"]["points"][0]["rate"], 0.001);
  EXPECT_GE(told["search"]["points"].size(), 10u);
  EXPECT_THAT(told["words"].get<std::string>(), HasSubstr("Tried from 0.001 to"));
}

TEST_F(FindRateCommand, RefusesWhatItCannotTry) {
  const Outcome outcome = find_rate({"--set", "batch"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.said, HasSubstr("it has no '='"));
  EXPECT_EQ(find_rate({"--seed", "-1"}).status, 2);
}

}  // namespace
}  // namespace stepwise
