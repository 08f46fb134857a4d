// Several processes that train one model, here as threads that share nothing but what they send.
#include "training/processes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <functional>
#include <thread>
#include <utility>
#include <vector>

#include "settings/free_port.h"
#include "temporary_folder.h"
#include "toy_data.h"
#include "training/together.h"
#include "training/trainer.h"

namespace stepwise {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;
using torch::Tensor;
using Weights = std::vector<Tensor>;

// Runs `work` as each of so many processes.
void in_processes(int size,
                  const std::function<void(const std::shared_ptr<Processes>& processes)>& work) {
  const int port = free_port();
  std::vector<std::thread> threads;
  for (int rank = 0; rank < size; ++rank)
    threads.emplace_back([&, rank] {
      torch::set_num_threads(1);
      work(std::make_shared<Processes>(
          ProcessPlace{.rank = rank, .size = size, .address = "127.0.0.1", .port = port}));
    });
  for (std::thread& thread : threads) thread.join();
}

Weights copied(const Trainer& trainer) { return trainer.snapshot()->parameters(); }

// Takes so many steps of a run as the first of these processes.
Weights led(Trainer trainer, const std::shared_ptr<Processes>& processes, int steps,
            const std::filesystem::path& folder) {
  trainer.lead(processes);
  for (int i = 0; i < steps; ++i) trainer.step();
  trainer.dismiss();
  trainer.save(folder);
  return copied(trainer);
}

Weights followed(const std::shared_ptr<Processes>& processes) {
  const RunHead head = run_of_first(*processes);
  Trainer trainer = Trainer::follow(processes, head, toy_data(), torch::kCPU);
  while (!trainer.dismissed()) trainer.advance([] { return false; });
  return copied(trainer);
}

// What each of so many processes has after the steps.
std::vector<Weights> trained_by(int size, int steps, const std::filesystem::path& folder,
                                const std::function<Trainer()>& run) {
  std::vector<Weights> weights(size);
  in_processes(size, [&](const auto& processes) {
    weights[std::size_t(processes->rank())] =
        processes->first() ? led(run(), processes, steps, folder) : followed(processes);
  });
  return weights;
}

Trainer new_run() { return {toy_recipe(40), toy_data(), torch::kCPU}; }

void expect_equal(const Weights& a, const Weights& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_TRUE(a[i].equal(b[i])) << i;
}

TEST(Processes, AllHaveTheSameSumAndWhatTheFirstSends) {
  in_processes(3, [](const auto& processes) {
    const Tensor values = torch::full({5}, 1 + processes->rank(), torch::kDouble);
    processes->sum(values);
    EXPECT_TRUE(values.equal(torch::full({5}, 6., torch::kDouble)));
    const Tensor sent = torch::full({2, 2}, processes->rank() + 7).t();
    processes->send(sent);
    EXPECT_TRUE(sent.equal(torch::full({2, 2}, 7)));
    EXPECT_EQ(processes->say(processes->first() ? "one" : "other"), "one");
    EXPECT_EQ(processes->say(processes->first() ? "" : "other"), "");
    processes->leave();
  });
}

TEST(Processes, NameWhoIsGone) {
  in_processes(2, [](const auto& processes) {
    if (!processes->first()) return;
    const Tensor values = torch::zeros(3);
    const auto sum = [&] { processes->sum(values); };
    EXPECT_THAT(sum, ThrowsMessage<Error>(HasSubstr("process 1 of 2")));
    EXPECT_TRUE(processes->broken());
    EXPECT_THAT(sum, ThrowsMessage<Error>(HasSubstr("process 1 of 2")));
  });
}

// So many steps by one process of two threads.
void take_alone(Trainer& trainer, int steps) {
  torch::set_num_threads(2);
  for (int i = 0; i < steps; ++i) trainer.step();
  torch::set_num_threads(1);
}

// Two of one thread, and one of two, to the bit.
void expect_two_to_do_as_one(const std::function<Trainer()>& begin, int steps) {
  const TemporaryFolder folder;
  const auto both = trained_by(2, steps, folder / "run", begin);
  expect_equal(both[0], both[1]);
  Trainer alone = begin();
  take_alone(alone, steps);
  expect_equal(copied(alone), both[0]);
}

TEST(Together, TwoProcessesOfOneThreadHaveTheWeightsOfOneProcessOfTwo) {
  expect_two_to_do_as_one(new_run, 20);
}

// All are in the same of its four stages, of which they pass two.
TEST(Together, TwoProcessesTuneAsOneDoes) {
  const auto tuned = [] {
    Recipe recipe = toy_recipe(40);
    recipe.consistency = 3;
    return Trainer(recipe, toy_data(), torch::kCPU);
  };
  expect_two_to_do_as_one(tuned, 25);
}

// Each knows the losses of the other's pictures too, by which they divide.
TEST(Together, TwoProcessesExpectTheSameLossesAsOneDoes) {
  const auto divided = [] {
    Recipe recipe = toy_recipe(40);
    recipe.weighting = Weighting::kUncertainty;
    return Trainer(recipe, toy_data(), torch::kCPU);
  };
  expect_two_to_do_as_one(divided, 20);
}

TEST(Together, ARunGoesFromOneProcessToTwoAndBackAsIfNothingHadHappened) {
  const TemporaryFolder folder;
  const auto resumed = [&] { return Trainer::resume(folder / "run", toy_data(), torch::kCPU); };
  Trainer whole = new_run(), begun = new_run();
  take_alone(whole, 30);
  take_alone(begun, 10);
  begun.save(folder / "run");
  trained_by(2, 10, folder / "run", resumed);
  Trainer rest = resumed();
  EXPECT_EQ(rest.steps(), 20);
  EXPECT_EQ(rest.history().curve.points.size(), 20u);
  take_alone(rest, 10);
  expect_equal(copied(rest), copied(whole));
}

TEST(Together, OnlyWithTheSamePictures) {
  in_processes(2, [](const auto& processes) {
    if (processes->first()) {
      Trainer trainer = new_run();
      EXPECT_THROW(trainer.lead(processes), Error);  // The other one has gone.
      return;
    }
    Dataset other = toy_data();
    other.train.pixels = changed(other.train.pixels);
    const RunHead head = run_of_first(*processes);
    EXPECT_THAT([&] { Trainer::follow(processes, head, other, torch::kCPU); },
                ThrowsMessage<Error>(HasSubstr("but the first one trains on")));
  });
}

TEST(Together, NoMoreThanThePicturesOfABatch) {
  Recipe recipe = toy_recipe(3);
  recipe.batch = 1;
  in_processes(2, [&](const auto& processes) {
    if (!processes->first()) return;
    Trainer trainer(recipe, toy_data(), torch::kCPU);
    EXPECT_THAT([&] { trainer.lead(processes); },
                ThrowsMessage<Error>(HasSubstr("cannot be shared by 2 processes")));
  });
}

}  // namespace
}  // namespace stepwise
