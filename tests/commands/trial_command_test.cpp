#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "commands/bars.h"
#include "commands/program.h"

namespace stepwise {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;

class TrialCommand : public testing::Test {
 protected:
  TrialCommand() { write_bars(folder / "bars"); }

  Outcome trial(const std::vector<std::string>& more) const {
    return run_program(followed({"trial", "quick", "--data", folder / "bars", "--steps", "8",
                                 "--pairs", "3", "--set-both", "channels=8,8"},
                                more));
  }

  const TemporaryFolder folder;
};

TEST_F(TrialCommand, SaysAtEachLookWhatIsSureAndAtTheEndHowLargeItIs) {
  const Outcome outcome = trial({"--set", "learning_rate=0.00006"});
  EXPECT_EQ(outcome.status, 0) << outcome.said;
  EXPECT_THAT(
      outcome.said,
      AllOf(HasSubstr("B is quick with learning_rate 6e-05 (A: 0.006), on bars: 3 runs"),
            HasSubstr("\n1/8, after"), HasSubstr("\n8/8, after"), HasSubstr("σ 0.02  to 20")));
}

TEST_F(TrialCommand, PrintsJsonOfAllLooks) {
  const Outcome outcome = trial({"--json"});
  ASSERT_EQ(outcome.status, 0) << outcome.said;
  const json told = json::parse(object_in(outcome));
  ASSERT_EQ(told["looks"].size(), 8u);
  EXPECT_EQ(told["looks"][7]["a"], told["looks"][7]["b"]);  // The same recipe, the same seeds.
  EXPECT_EQ(told["b"]["channels"], json({8, 8}));
}

TEST_F(TrialCommand, OfRestorersSpeaksOfSeverities) {
  const Outcome outcome =
      trial({"--set-both", "degradation=blur,text", "--set", "learning_rate=0.00006"});
  EXPECT_EQ(outcome.status, 0) << outcome.said;
  EXPECT_THAT(outcome.said, AllOf(HasSubstr("severity 0     to 1"), testing::Not(HasSubstr("σ"))));
}

TEST_F(TrialCommand, RefusesWhatItCannotTry) {
  EXPECT_THAT(trial({"--set", "batch"}).said, HasSubstr("it has no '='"));
  EXPECT_EQ(trial({"--pairs", "2"}).status, 2);
  const Outcome outcome = trial({"--set", "sigma_data=0.5"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.said, HasSubstr("do not compare"));
}

}  // namespace
}  // namespace stepwise
