// A run that is killed at any moment, again and again, by one process or by two that train it
// together, ends with the weights of one that never was. (Children are programs of their own: of a
// fork, torch's threads would be missing.)
#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <csignal>
#include <cstdlib>
#include <memory>
#include <random>
#include <thread>

#include "child.h"
#include "image/file.h"
#include "model/folder.h"
#include "settings/free_port.h"
#include "temporary_folder.h"
#include "toy_data.h"
#include "training/checkpoint.h"
#include "training/together.h"
#include "training/trainer.h"

namespace stepwise {
namespace {

constexpr int kSteps = 24, kThreads = 2;  // Threads of all processes together.

void go_on(const std::filesystem::path& folder, const std::shared_ptr<Processes>& processes) {
  Trainer trainer = Trainer::resume(folder, toy_data(), torch::kCPU);
  if (processes) trainer.lead(processes);
  while (!trainer.finished()) {
    trainer.step();
    trainer.save(folder);
  }
  trainer.dismiss();
}

void follow(const std::shared_ptr<Processes>& processes) {
  const RunHead head = run_of_first(*processes);
  Trainer trainer = Trainer::follow(processes, head, toy_data(), torch::kCPU);
  while (!trainer.dismissed()) trainer.advance([] { return false; });
}

// What a child of the test below does.
TEST(KilledRun, DISABLED_GoesOnUntilItIsKilled) {
  const char* folder = std::getenv("STEPWISE_TEST_RUN");
  ASSERT_NE(folder, nullptr);
  const auto place = process_place();
  torch::set_num_threads(place ? kThreads / place->size : kThreads);
  const auto processes = place ? std::make_shared<Processes>(*place) : nullptr;
  processes && !processes->first() ? follow(processes) : go_on(folder, processes);
}

std::unique_ptr<Child> child(const std::filesystem::path& folder, int rank, int size, int port) {
  const std::map<std::string, std::string> environment{
      {"STEPWISE_TEST_RUN", (folder / "run").string()},
      {"MASTER_ADDR", size > 1 ? "127.0.0.1" : ""},
      {"MASTER_PORT", std::to_string(port)},
      {"WORLD_SIZE", std::to_string(size)},
      {"RANK", std::to_string(rank)}};
  return std::make_unique<Child>(
      std::vector<std::string>{"/proc/self/exe", "--gtest_also_run_disabled_tests",
                               "--gtest_filter=KilledRun.DISABLED_GoesOnUntilItIsKilled"},
      environment, folder / "said");
}

// How far the run is, which is whole whenever its processes were killed.
std::int64_t steps_of(const std::filesystem::path& folder) {
  const auto run = load_run(folder, toy_data(), torch::kCPU);
  EXPECT_EQ(run->step, std::int64_t(run->history.curve.points.size()));
  EXPECT_NO_THROW(read_model(folder));
  return run->step;
}

// Kills so many processes that go on with the run some time after they have begun to.
void go_on_for_a_while(const std::filesystem::path& folder, int size, std::mt19937& random) {
  const int port = free_port();
  const std::filesystem::path file = folder / "run" / kTrainingFile;
  const auto before = last_write_time(file);
  std::vector<std::unique_ptr<Child>> children;
  for (int rank = 0; rank < size; ++rank) children.push_back(child(folder, rank, size, port));
  children.front()->await([&] { return last_write_time(file) != before; });
  std::this_thread::sleep_for(std::chrono::microseconds(random() % 100000));
  for (const auto& one : children) one->send(SIGKILL);
}

TEST(KilledRun, HasTheWeightsOfOneThatNeverWasToTheBit) {
  const TemporaryFolder folder;
  Trainer(toy_recipe(kSteps), toy_data(), torch::kCPU).save(folder / "run");
  std::mt19937 random(17);
  std::int64_t steps = 0;
  for (int round = 0; steps < kSteps; ++round) {
    go_on_for_a_while(folder.path(), 1 + round % 2, random);
    const std::int64_t now = steps_of(folder / "run");
    ASSERT_GT(now, steps) << read_file(folder / "said");
    steps = now;
  }
  const int before = torch::get_num_threads();
  torch::set_num_threads(kThreads);
  Trainer whole(toy_recipe(kSteps), toy_data(), torch::kCPU);
  while (!whole.finished()) whole.step();
  torch::set_num_threads(before);
  const auto killed = load_run(folder / "run", toy_data(), torch::kCPU);
  const auto expected = whole.averaged().parameters();
  const auto found = killed->layout.views(killed->averages);
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_TRUE(found[i].equal(expected[i])) << i;
}

}  // namespace
}  // namespace stepwise
