// Folders whose scheduler is not here, is missing or says more than it knows: what the program
// draws, says and advises.
#include <gmock/gmock.h>

#include "commands/program.h"

namespace stepwise {
namespace {

using testing::HasSubstr;
using testing::Not;

// A small network on 28 x 28 pixels, with this scheduler_config.json beside it; none where it is
// empty.
class SchedulerFile : public testing::Test {
 protected:
  void write(const std::string& scheduler) {
    const auto network = std::filesystem::path(STEPWISE_TEST_DATA) / "unets/p1_gray28_attn/unet";
    for (const char* file : {"config.json", "diffusion_pytorch_model.safetensors"})
      std::filesystem::create_symlink(network / file, folder / file);
    if (!scheduler.empty()) std::ofstream(folder / "scheduler_config.json") << scheduler;
  }

  Outcome sample(const std::vector<std::string>& more = {}) {
    return run_program(followed({"sample", "--model", folder.path().string(), "--steps", "2",
                                 "--count", "1", "--out", (folder / "o.png").string()},
                                more));
  }

  Outcome info() { return run_program({"info", folder.path().string()}); }

  TemporaryFolder folder;
};

constexpr const char* kDeis = R"({"_class_name": "DEISMultistepScheduler", "beta_end": 0.02})";

TEST_F(SchedulerFile, OfAClassThatIsNotHereIsNoObstacleOnceASamplerIsNamed) {
  write(kDeis);
  const Outcome advised = sample();
  EXPECT_EQ(advised.status, 1);
  EXPECT_THAT(advised.said, HasSubstr("no scheduler 'DEISMultistepScheduler' here"));
  EXPECT_THAT(advised.said, HasSubstr("--sampler dpmpp-2m"));
  const Outcome drawn = sample({"--sampler", "deis-3"});
  EXPECT_EQ(drawn.status, 0);
  EXPECT_THAT(drawn.said,
              HasSubstr("warning: There is no scheduler 'DEISMultistepScheduler' here"));
  EXPECT_THAT(info().said,
              HasSubstr("note        There is no scheduler 'DEISMultistepScheduler' here"));
}

TEST_F(SchedulerFile, ThatIsMissingIsGuessedOnceASamplerIsNamed) {
  write("");
  const Outcome advised = sample();
  EXPECT_EQ(advised.status, 1);
  EXPECT_THAT(advised.said, HasSubstr("--sampler ddpm"));
  const Outcome drawn = sample({"--sampler", "ddim"});
  EXPECT_EQ(drawn.status, 0);
  EXPECT_THAT(drawn.said, HasSubstr("warning: The model comes without a scheduler"));
}

TEST_F(SchedulerFile, OfUnknownNoiseIsRefusedWhateverTheSampler) {
  write(R"({"_class_name": "IPNDMScheduler"})");
  EXPECT_EQ(sample({"--sampler", "ddim"}).status, 1);
  EXPECT_THAT(info().said, HasSubstr("opens       no"));
}

TEST_F(SchedulerFile, IsReadByItsOwnKeysAndTheOthersAreListed) {
  write(R"({"_class_name": "DDIMScheduler", "solver_type": "bh2", "predicton_type": "sample"})");
  const Outcome drawn = sample();
  EXPECT_EQ(drawn.status, 0);
  EXPECT_THAT(drawn.said, HasSubstr("warning"));
  EXPECT_THAT(drawn.said, HasSubstr("scheduler_config.json: predicton_type"));
  EXPECT_THAT(drawn.said, Not(HasSubstr("solver_type")));
  const Outcome told = info();
  EXPECT_THAT(told.said, HasSubstr("left over   'solver_type' (keys of other schedulers)"));
  EXPECT_THAT(told.said, HasSubstr("predicton_type"));
}

}  // namespace
}  // namespace stepwise
