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
  void handle(Request request, const Send& send) override {
    id_ = request.id;
    if (const auto* open = std::get_if<OpenModel>(&request.command)) {
      if (open->folder == "bad") throw std::runtime_error("no such model");
      send({id_, ModelOpened{}});
    }
    if (const auto* draw = std::get_if<Draw>(&request.command)) left_ = draw->settings.count;
    if (std::holds_alternative<Preview>(request.command)) fails_ = true;
    if (std::holds_alternative<Cancel>(request.command)) {
      left_ = 0;
      send({id_, Finished{}});
    }
  }
  bool step(const Send& send) override {
    if (std::exchange(fails_, false)) throw std::runtime_error("no such step");
    if (left_ == 0) return false;
    send({id_, Drawn{--left_, {}, {}}});
    return true;
  }
  void finish(const Send& send) override { send({kNoJob, Warning{"finished"}}); }
  Report describe(const std::exception& e) const override { return {id_, Failed{"", e.what()}}; }

 private:
  JobId id_ = kNoJob;
  int left_ = 0;
  bool fails_ = false;
};

Draw count_to(int n) {
  Draw command;
  command.settings.count = n;
  return command;
}

// All reports up to and including the first of type T.
template <class T>
std::vector<Report> wait_for(Engine& engine) {
  std::vector<Report> all;
  for (;;)
    for (Report& report : engine.wait()) {
      all.push_back(std::move(report));
      if (std::holds_alternative<T>(all.back().event)) return all;
    }
}

TEST(Engine, EventsComeInTheOrderOfTheWork) {
  Engine engine([] { return std::make_unique<CountingWorker>(); }, [] {});
  engine.post(count_to(100));
  std::vector<int> seen;
  while (seen.size() < 100)
    for (const Report& report : engine.wait()) seen.push_back(std::get<Drawn>(report.event).first);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(seen[std::size_t(i)], 99 - i);
}

TEST(Engine, AStopInterruptsLongWorkBetweenTwoSteps) {
  Engine engine([] { return std::make_unique<CountingWorker>(); }, [] {});
  engine.post(count_to(2000000000));
  wait_for<Drawn>(engine);
  engine.post(Cancel{});
  wait_for<Finished>(engine);
  engine.post(OpenModel{"good"});
  EXPECT_EQ(wait_for<ModelOpened>(engine).size(), 1u);  // Nothing was done in between.
}

TEST(Engine, ABadCommandIsToldAndTheWorkerLivesOn) {
  Engine engine([] { return std::make_unique<CountingWorker>(); }, [] {});
  const JobId bad = engine.post(OpenModel{"bad"});
  const Report failed = wait_for<Failed>(engine).back();
  EXPECT_EQ(failed.job, bad);
  EXPECT_EQ(std::get<Failed>(failed.event).message, "no such model");
  const JobId good = engine.post(OpenModel{"good"});
  EXPECT_EQ(wait_for<ModelOpened>(engine).back().job, good);
}

TEST(Engine, AStepThatFailsIsToldAndTheOtherWorkGoesOnWithoutFurtherMail) {
  Engine engine([] { return std::make_unique<CountingWorker>(); }, [] {});
  engine.post(Preview{});
  engine.post(count_to(3));
  int failures = 0, counted = -1;
  while (counted != 0)
    for (const auto& [job, event] : engine.wait()) {
      if (const auto* failed = std::get_if<Failed>(&event)) {
        EXPECT_EQ(failed->message, "no such step");
        ++failures;
      }
      if (const auto* drawn = std::get_if<Drawn>(&event)) counted = drawn->first;
    }
  EXPECT_EQ(failures, 1);
}

TEST(Engine, AWorkerThatCannotBeMadeIsToldAndEveryCommandFailsForThatReason) {
  Engine engine([]() -> std::unique_ptr<Worker> { throw std::runtime_error("no device"); }, [] {});
  const Report first = wait_for<Failed>(engine).back();
  EXPECT_EQ(first.job, kNoJob);
  EXPECT_EQ(std::get<Failed>(first.event).message, "no device");
  const JobId asked = engine.post(count_to(3));
  const Report second = wait_for<Failed>(engine).back();
  EXPECT_EQ(second.job, asked);
  EXPECT_EQ(std::get<Failed>(second.event).message, "no device");
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

// Works without end while nobody asks for anything.
class LongWorker : public Worker {
 public:
  void listen(std::function<bool()> asked) override { asked_ = std::move(asked); }
  void handle(Request request, const Send& send) override {
    send({request.id, Warning{"handled"}});
    ++handled_;
  }
  bool step(const Send& send) override {
    send({kNoJob, Warning{"at work"}});
    while (!asked_()) {
    }
    return handled_ < 3;
  }
  void finish(const Send&) override {}
  Report describe(const std::exception& e) const override { return {kNoJob, Failed{"", e.what()}}; }

 private:
  std::function<bool()> asked_;
  int handled_ = 0;
};

TEST(Engine, TellsLongWorkThatSomebodyWaits) {
  Engine engine([] { return std::make_unique<LongWorker>(); }, [] {});
  for (int i = 0; i < 3; ++i) {
    const JobId asked = engine.post(OpenModel{});
    for (bool answered = false; !answered;)
      for (const Report& report : engine.wait()) answered |= report.job == asked;
  }
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
