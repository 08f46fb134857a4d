#include <gmock/gmock.h>

#include "commands/program.h"

namespace stepwise {
namespace {

using testing::AllOf;
using testing::HasSubstr;

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

}  // namespace
}  // namespace stepwise
