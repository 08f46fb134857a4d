#include <gmock/gmock.h>

#include "commands/model_file.h"
#include "commands/program.h"

namespace stepwise {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(SampleCommand, WritesThePicturesThatWereAskedFor) {
  const TemporaryFolder folder;
  const auto out = folder / "o.png";
  const Outcome outcome =
      run_program({"sample", "--count", "1", "--steps", "2", "--out", out.string()});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.said, HasSubstr("wrote " + out.string()));
  EXPECT_TRUE(std::filesystem::exists(out));
}

TEST(SampleCommand, LeavesOutSteps) {
  const TemporaryFolder folder;
  const auto sample = [&](std::vector<std::string> more) {
    return run_program(followed({"sample", "--count", "1", "--steps", "5", "--out"}, more));
  };
  EXPECT_EQ(sample({folder / "all.png"}).status, 0);
  EXPECT_THAT(sample({folder / "left.png", "--leave-out", "1,3"}).said,
              HasSubstr("network evaluations"));
  EXPECT_NE(text_in(folder / "all.png"), text_in(folder / "left.png"));
  EXPECT_THAT(run_program({"show", folder / "left.png", "--check"}).said,
              AllOf(HasSubstr("step 3 of 3"), HasSubstr("5 steps, without step 1, 3"),
                    HasSubstr("the same pixels")));
  const Outcome refused = sample({folder / "none.png", "--leave-out", "4"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.said, HasSubstr("Step 4 of 5 cannot be left out"));
}

TEST(SampleCommand, TakesTheLevelsAndTheShapeOfTheGuidanceAsTheyAreDrawn) {
  const TemporaryFolder folder;
  const auto sample = [&](std::vector<std::string> more) {
    return run_program(
        followed({"sample", "--count", "1", "--sampler", "euler", "--guidance", "2"}, more));
  };
  const Outcome drawn = sample({"--out", folder / "drawn.png", "--levels", "8,4,2,1",
                                "--guidance-shape", "1.9=0,1.95=1,4.1=1,4.2=0"});
  EXPECT_EQ(drawn.status, 0) << drawn.said;
  EXPECT_THAT(drawn.said, HasSubstr("6 network evaluations each"));
  EXPECT_THAT(run_program({"show", folder / "drawn.png", "--check"}).said,
              HasSubstr("the same pixels"));
  EXPECT_THAT(sample({"--out", folder / "a.png", "--levels", "8,9"}).said,
              HasSubstr("9 stands after 8"));
  EXPECT_THAT(sample({"--out", folder / "a.png", "--guidance-shape", "0.5=2"}).said,
              HasSubstr("'0.5=2' is no noise level"));
  EXPECT_THAT(sample({"--out", folder / "a.png", "--guidance-shape", "0.5"}).said,
              HasSubstr("'0.5' is no noise level"));
}

// The shipped model, as if it had learned nothing above 2.
void copy_model_of_gaussians(const std::filesystem::path& to) {
  std::filesystem::copy(std::filesystem::path(STEPWISE_TEST_DATA) / ".." / ".." / "assets" /
                            "models" / "fashion-mnist",
                        to, std::filesystem::copy_options::recursive);
  const auto info = to / "stepwise.json";
  replace_in(info, "\"defaults\": {",
             "\"learned_up_to\": 2.0, \"defaults\": {\"begin\": \"gaussian\",");
  replace_in(info, "\"sigma_max\": 60.0", "\"sigma_max\": 2.0");
}

TEST(SampleCommand, WarnsWhereTheModelLearnedNothingOfTheBeginning) {
  const TemporaryFolder folder;
  const auto model = folder / "model";
  copy_model_of_gaussians(model);
  const auto sample = [&](std::vector<std::string> more) {
    std::vector<std::string> words{
        "sample",  "--model", model.string(), "--count", "1",
        "--steps", "2",       "--force",      "--out",   folder / "o.png"};
    words.insert(words.end(), more.begin(), more.end());
    const Outcome outcome = run_program(words);
    EXPECT_EQ(outcome.status, 0) << outcome.said;
    return outcome.said;
  };
  EXPECT_THAT(sample({}), Not(HasSubstr("warning")));
  EXPECT_THAT(sample({"--begin", "noise"}), AllOf(HasSubstr("noise alone is likely nonsense"),
                                                  HasSubstr("Say --begin gaussian")));
  EXPECT_THAT(sample({"--begin", "noise", "--sigma-max", "60"}),
              AllOf(HasSubstr("no noise level above 2"), HasSubstr("level 60 is likely nonsense")));
}

}  // namespace
}  // namespace stepwise
