// The thread and its queues, with a worker that computes nothing.
#include "engine/engine.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <utility>

namespace stepwise {
namespace {

// Counts to a number, one step at a time; "fails" when told to open the model "bad", and once
// within a step when told to preview.
class CountingWorker : public Worker {
 public:
  void handle(Command command, const Emit& emit) override {
    if (const auto* open = std::get_if<OpenModel>(&command)) {
      if (open->folder == "bad") throw std::runtime_error("no such model");
      emit(ModelUsed{});
    }
    if (const auto* draw = std::get_if<Draw>(&command)) left_ = draw->settings.count;
    if (std::holds_alternative<Preview>(command)) fails_ = true;
    if (std::holds_alternative<StopSampling>(command)) {
      left_ = 0;
      emit(DrawDone{});
    }
  }
  bool step(const Emit& emit) override {
    if (std::exchange(fails_, false)) throw std::runtime_error("no such step");
    if (left_ == 0) return false;
    emit(Drawn{--left_, {}, {}});
    return true;
  }
  void finish(const Emit& emit) override { emit(Warning{"finished"}); }

 private:
  int left_ = 0;
  bool fails_ = false;
};

Draw count_to(int n) {
  Draw command;
  command.settings.count = n;
  return command;
}

// All events up to and including the first of type T.
template <class T>
std::vector<Event> wait_for(Engine& engine) {
  std::vector<Event> all;
  for (;;)
    for (Event& event : engine.wait()) {
      all.push_back(std::move(event));
      if (std::holds_alternative<T>(all.back())) return all;
    }
}

TEST(Engine, EventsComeInTheOrderOfTheWork) {
  Engine engine([] { return std::make_unique<CountingWorker>(); }, [] {});
  engine.post(count_to(100));
  std::vector<int> seen;
  while (seen.size() < 100)
    for (const Event& event : engine.wait()) seen.push_back(std::get<Drawn>(event).first);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(seen[std::size_t(i)], 99 - i);
}

TEST(Engine, AStopInterruptsLongWorkBetweenTwoSteps) {
  Engine engine([] { return std::make_unique<CountingWorker>(); }, [] {});
  engine.post(count_to(2000000000));
  wait_for<Drawn>(engine);
  engine.post(StopSampling{});
  wait_for<DrawDone>(engine);
  engine.post(OpenModel{"good"});
  EXPECT_EQ(wait_for<ModelUsed>(engine).size(), 1u);  // Nothing was done in between.
}

TEST(Engine, ABadCommandIsToldAndTheWorkerLivesOn) {
  Engine engine([] { return std::make_unique<CountingWorker>(); }, [] {});
  engine.post(OpenModel{"bad"});
  EXPECT_EQ(std::get<Failed>(wait_for<Failed>(engine).back()).message, "no such model");
  engine.post(OpenModel{"good"});
  wait_for<ModelUsed>(engine);
}

TEST(Engine, AStepThatFailsIsToldAndTheOtherWorkGoesOnWithoutFurtherMail) {
  Engine engine([] { return std::make_unique<CountingWorker>(); }, [] {});
  engine.post(Preview{});
  engine.post(count_to(3));
  int failures = 0, counted = -1;
  while (counted != 0)
    for (const Event& event : engine.wait()) {
      if (const auto* failed = std::get_if<Failed>(&event)) {
        EXPECT_EQ(failed->message, "no such step");
        ++failures;
      }
      if (const auto* drawn = std::get_if<Drawn>(&event)) counted = drawn->first;
    }
  EXPECT_EQ(failures, 1);
}

TEST(Engine, AWorkerThatCannotBeMadeIsToldAndCommandsAreIgnored) {
  Engine engine([]() -> std::unique_ptr<Worker> { throw std::runtime_error("no device"); }, [] {});
  EXPECT_EQ(std::get<Failed>(wait_for<Failed>(engine).back()).message, "no device");
  engine.post(count_to(3));
}

TEST(Engine, ClosingEndsLongWorkAndFinishesIt) {
  std::atomic<int> wakes{0};
  {
    Engine engine([] { return std::make_unique<CountingWorker>(); }, [&] { ++wakes; });
    engine.post(count_to(2000000000));
    wait_for<Drawn>(engine);
  }
  EXPECT_GE(wakes, 2);  // The first picture, and finish().
}

TEST(Channel, DrainTakesEverythingOnce) {
  Channel<int> channel;
  channel.push(1);
  channel.push(2);
  EXPECT_EQ(channel.drain(), (std::vector<int>{1, 2}));
  EXPECT_TRUE(channel.drain().empty());
}

TEST(Channel, NothingIsLostBetweenTwoThreads) {
  Channel<int> channel;
  std::thread other([&] {
    for (int i = 0; i < 10000; ++i) channel.push(i);
  });
  std::vector<int> all;
  while (all.size() < 10000)
    for (const int i : channel.wait()) all.push_back(i);
  other.join();
  for (int i = 0; i < 10000; ++i) EXPECT_EQ(all[std::size_t(i)], i);
}

}  // namespace
}  // namespace stepwise
