// Models that open but draw nothing good, or not as asked: exit status and words.
#include <gmock/gmock.h>

#include <cmath>

#include "commands/model_file.h"

namespace stepwise {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

class DoubtfulModel : public testing::Test {
 protected:
  DoubtfulModel() { copy_model(model); }

  Outcome sample(std::vector<std::string> more = {}) {
    return run_program(followed({"sample", "--model", model.string(), "--steps", "2", "--count",
                                 "2", "--out", out.string()},
                                more));
  }

  const TemporaryFolder folder;
  const fs::path model = folder / "model", out = folder / "o.png";
  const fs::path weights = model / "unet" / "diffusion_pytorch_model.safetensors";
};

TEST_F(DoubtfulModel, WeightsWithNaNDrawNothing) {
  fill_tensor(weights, "mid_block.resnets.0.conv1.bias", NAN);
  const Outcome outcome = sample();
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.said,
              AllOf(HasSubstr("warning: The weights contain NaN"), HasSubstr("Step 1 of 2"),
                    HasSubstr("first out of 'mid_block.resnets.0'"), Not(HasSubstr("wrote"))));
  EXPECT_FALSE(fs::exists(out));
  const Outcome info = run_program({"info", model.string()});
  EXPECT_EQ(info.status, 0);
  EXPECT_THAT(info.said, AllOf(HasSubstr("mid_block.resnets.0.conv1.bias"),
                               HasSubstr("opens       yes, but with numbers that are not finite")));
}

TEST_F(DoubtfulModel, NaNThatComesUpOnTheWayDrawsNothingEither) {
  fill_tensor(weights, "conv_out.weight", 3e38f);
  const Outcome outcome = sample();
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.said, AllOf(HasSubstr("Step 1 of 2"), HasSubstr("first out of 'conv_out'"),
                                  HasSubstr("The weights are finite"), Not(HasSubstr("wrote"))));
  EXPECT_FALSE(fs::exists(out));
}

TEST_F(DoubtfulModel, PicturesThatAreAllBlackAreWrittenWithAWarning) {
  fill_tensor(weights, "conv_out.weight", 0);
  fill_tensor(weights, "conv_out.bias", -1);
  replace_in(model / "scheduler" / "scheduler_config.json", "\"epsilon\"", "\"sample\"");
  const Outcome outcome = sample();
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.said, AllOf(HasSubstr("warning: 2 of 2 pictures are all black"),
                                  HasSubstr("wrote " + out.string())));
  EXPECT_TRUE(fs::exists(out));
}

TEST_F(DoubtfulModel, GuidanceWithoutClassesIsToldAndCostsNothing) {
  const Outcome outcome = sample({"--guidance", "3"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.said, AllOf(HasSubstr("warning: --guidance has nothing to act on"),
                                  HasSubstr("2 network evaluations each")));
  const fs::path other = folder / "other.png";
  EXPECT_THAT(run_program({"sample", "--model", model.string(), "--steps", "2", "--count", "2",
                           "--out", other.string()})
                  .said,
              Not(HasSubstr("warning")));
  EXPECT_EQ(text_in(out), text_in(other));
}

TEST_F(DoubtfulModel, GuidanceThatActsAtNoStepIsTold) {
  const Outcome outcome = run_program({"sample", "--guidance", "3", "--sigma-max", "0.3", "--steps",
                                       "2", "--count", "1", "--out", out.string()});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.said, HasSubstr("warning: --guidance acts at no step"));
}

TEST_F(DoubtfulModel, WhatIsNoModelSaysWhatItIs) {
  std::ofstream(weights, std::ios::trunc) << "version https://git-lfs.github.com/spec/v1\n";
  const Outcome outcome = run_program({"info", model.string()});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.said, AllOf(HasSubstr("Git LFS pointer"), HasSubstr("git lfs pull")));
}

}  // namespace
}  // namespace stepwise
