// Whose turn it is, with jobs that compute nothing.
#include "engine/jobs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace stepwise {
namespace {

using testing::ElementsAre;

// Writes its name down at each of its turns after the first.
class Turns : public Job {
 public:
  Turns(std::string name, int turns, std::vector<std::string>& log)
      : name_(std::move(name)), left_(turns), log_(log) {}
  bool step(const Emit&) override {
    log_.push_back(name_);
    if (left_ == kFails) throw std::runtime_error(name_ + " cannot go on");
    return --left_ > 0;
  }
  void cancel(const Emit&) override {
    log_.push_back(name_ + " cancelled");
    if (left_ == kFails) throw std::runtime_error(name_ + " cannot be saved");
  }
  void leave(const Emit&) override { log_.push_back(name_ + " saved"); }

  static constexpr int kFails = -1;

 private:
  std::string name_;
  int left_;
  std::vector<std::string>& log_;
};

class JobsTest : public testing::Test {
 protected:
  void add(JobId id, Priority priority, const std::string& name, int turns,
           std::vector<JobId> needs = {}) {
    jobs.add(id, priority, "Doing " + name, std::move(needs), [this, name, turns](const Emit&) {
      log.push_back(name + " begins");
      return std::make_shared<Turns>(name, turns, log);
    });
  }
  // All turns there are; what fails is told, as the engine does.
  void run(int most = 100) {
    for (bool more = true; more && most > 0; --most) {
      try {
        more = jobs.step(send);
      } catch (const std::exception& e) {
        send(jobs.failure(e.what()));
      }
    }
  }
  int ends_of(JobId id) {
    int count = 0;
    for (const Report& report : reports)
      count += report.job == id && (std::holds_alternative<Finished>(report.event) ||
                                    std::holds_alternative<Failed>(report.event));
    return count;
  }

  Jobs jobs;
  std::vector<std::string> log;
  std::vector<Report> reports;
  const Send send = [this](Report report) { reports.push_back(std::move(report)); };
};

TEST_F(JobsTest, BeginInTheOrderOfTheMail) {
  add(1, Priority::kLong, "long", 1);
  add(2, Priority::kListing, "list", 1);
  add(3, Priority::kWatched, "watched", 1);
  run(3);
  EXPECT_THAT(log, ElementsAre("long begins", "list begins", "watched begins"));
}

TEST_F(JobsTest, WhatIsWatchedGoesFirstTheNewestBeforeTheOlder) {
  add(1, Priority::kLong, "long", 1);
  add(2, Priority::kWatched, "old", 2);
  add(3, Priority::kListing, "list", 1);
  add(4, Priority::kWatched, "new", 2);
  run(4);
  log.clear();
  run();
  EXPECT_THAT(log, ElementsAre("new", "new", "old", "old", "list", "long"));
}

TEST_F(JobsTest, LongOnesTakeTurns) {
  add(1, Priority::kLong, "a", 3);
  add(2, Priority::kLong, "b", 2);
  run(2);
  log.clear();
  run();
  EXPECT_THAT(log, ElementsAre("a", "b", "a", "b", "a"));
}

TEST_F(JobsTest, OneThatNeedsWhatIsBeingOpenedWaitsAndTheOthersDoNot) {
  add(1, Priority::kOpening, "model", 2);
  add(2, Priority::kWatched, "with it", 1, {1});
  add(3, Priority::kWatched, "without it", 1);
  run();
  EXPECT_THAT(log, ElementsAre("model begins", "without it begins", "without it", "model", "model",
                               "with it begins", "with it"));
}

TEST_F(JobsTest, OneThatNeedsAnOpeningThatIsCancelledOrARunThatGoesOnDoesNotWait) {
  add(1, Priority::kOpening, "model", 1000);
  add(2, Priority::kLong, "run", 1000);
  add(3, Priority::kWatched, "with both", 1, {1, 2});
  run(2);
  jobs.cancel(1, send);
  log.clear();
  run(2);
  EXPECT_THAT(log, ElementsAre("with both begins", "with both"));
}

TEST_F(JobsTest, OneThatFailsIsGoneAndTheOthersGoOn) {
  add(1, Priority::kLong, "long", 2);
  add(2, Priority::kWatched, "bad", Turns::kFails);
  jobs.add(3, Priority::kWatched, "Doing worse", {},
           [](const Emit&) -> std::shared_ptr<Job> { throw std::runtime_error("at once"); });
  run();
  EXPECT_THAT(log, ElementsAre("long begins", "bad begins", "bad", "long", "long"));
  std::map<JobId, Failed> failed;
  for (const Report& report : reports)
    if (const auto* one = std::get_if<Failed>(&report.event)) failed[report.job] = *one;
  ASSERT_EQ(failed.size(), 2u);
  EXPECT_EQ(failed[2].what, "Doing bad");
  EXPECT_EQ(failed[2].message, "bad cannot go on");
  EXPECT_EQ(failed[3].what, "Doing worse");
}

TEST_F(JobsTest, EachEndsOnceHoweverItEnds) {
  add(1, Priority::kLong, "runs", 2);
  add(2, Priority::kLong, "is cancelled", 1000);
  add(3, Priority::kLong, "fails", Turns::kFails);
  add(4, Priority::kLong, "is cancelled before its turn", 1);
  jobs.cancel(4, send);
  run(6);
  jobs.cancel(2, send);
  run();
  for (const JobId id : {1, 2, 3, 4}) EXPECT_EQ(ends_of(id), 1) << id;
  jobs.cancel(2, send);
  jobs.cancel(77, send);
  EXPECT_EQ(reports.size(), 4u);
}

TEST_F(JobsTest, OneThatCannotBeSavedFailsByItsOwnName) {
  add(1, Priority::kLong, "bad", Turns::kFails);
  run(1);
  try {
    jobs.cancel(1, send);
    FAIL();
  } catch (const std::exception& e) {
    EXPECT_EQ(jobs.failure(e.what()).job, 1u);
  }
  run();
  EXPECT_THAT(log, ElementsAre("bad begins", "bad cancelled"));
}

TEST_F(JobsTest, OneThatIsPausedWaitsAndHoldsNobodyUp) {
  add(1, Priority::kWatched, "paused", 1);
  add(2, Priority::kLong, "long", 1);
  jobs.pause(1, true, send);
  run();
  EXPECT_THAT(log, ElementsAre("long begins", "long"));
  jobs.pause(1, false, send);
  run();
  EXPECT_EQ(log.back(), "paused");
}

TEST_F(JobsTest, AllThatBeganIsSavedWhenTheProgramCloses) {
  add(1, Priority::kLong, "a", 5);
  add(2, Priority::kLong, "b", 5);
  run(2);
  add(3, Priority::kLong, "c", 5);
  log.clear();
  jobs.leave(send);
  EXPECT_THAT(log, ElementsAre("a saved", "b saved"));
}

}  // namespace
}  // namespace stepwise
