#include <gtest/gtest.h>
#include <sys/wait.h>
#include <torch/types.h>
#include <torch/utils.h>
#include <unistd.h>

#include <csignal>
#include <random>

#include "model/folder.h"
#include "temporary_folder.h"
#include "toy_data.h"
#include "training/trainer.h"

namespace stepwise {
namespace {

// In a child: trains and saves until it is killed. Tells of each save through the pipe.
[[noreturn]] void train_until_killed(const std::filesystem::path& folder, int saved) {
  try {
    Trainer trainer = Trainer::resume(folder, toy_data(), torch::kCPU);
    for (;;) {
      trainer.step();
      trainer.save(folder);
      if (write(saved, ".", 1) != 1) _exit(2);
    }
  } catch (...) {
    _exit(1);
  }
}

TEST(RunFolder, SurvivesBeingKilledAtAnyMoment) {
  torch::set_num_threads(1);  // A forked child has no other threads.
  const TemporaryFolder folder;
  Trainer(toy_recipe(100000), toy_data(), torch::kCPU).save(folder.path());
  std::mt19937 random(11);
  std::int64_t steps = 0;
  for (int round = 0; round < 12; ++round) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) train_until_killed(folder.path(), ends[1]);
    char mark;
    ASSERT_EQ(read(ends[0], &mark, 1), 1);  // At least one save, then some part of the next ones.
    usleep(random() % 30000);
    kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);
    close(ends[0]);
    close(ends[1]);

    Trainer resumed = Trainer::resume(folder.path(), toy_data(), torch::kCPU);
    EXPECT_GT(resumed.steps(), steps);
    EXPECT_EQ(resumed.steps(), std::int64_t(resumed.history().curve.points.size()));
    steps = resumed.steps();
    EXPECT_NO_THROW(read_model(folder.path()));
  }
}

}  // namespace
}  // namespace stepwise
