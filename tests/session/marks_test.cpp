// Changes to a run while it trains, the marks that they leave, and the ways back.
#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <thread>

#include "../full_disk.h"
#include "error_of.h"
#include "image/file.h"
#include "session/training_job.h"
#include "session_fixture.h"
#include "settings/free_port.h"
#include "training/marks.h"
#include "training/together.h"
#include "training/toy_data.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::map<fs::path, std::string> bytes_below(const fs::path& folder) {
  std::map<fs::path, std::string> bytes;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) bytes[entry.path()] = read_file(entry.path());
  return bytes;
}

class Marking : public SessionTest {
 protected:
  JobId post(Request request) {
    const JobId id = request.id;
    engine_.post(std::move(request));
    return id;
  }
  // A run that has made some steps and goes on.
  JobId begin() {
    const JobId run = post(train(1'000'000));
    while (wait_for<TrainingProgress>().step == 0) continue;
    return run;
  }
  void end(JobId run) {
    post(Cancel{run});
    wait_for<TrainingDone>();
  }
  Train back_to(std::int64_t step) const {
    Train command;
    command.data.place.clear();
    command.resume = runs_ / "run";
    command.at = step;
    command.out = runs_ / "other";
    return command;
  }
};

TEST_F(Marking, AChangeIsToldWithAMarkOfHowTheRunWasBefore) {
  const JobId run = begin();
  post(ChangeTraining{run, 0.5, {{"weighting", "min-snr"}}});
  const TrainingMarked told = wait_for<TrainingMarked>();
  EXPECT_EQ(seen_[next_ - 1].job, run);
  EXPECT_EQ(told.folder, runs_ / "run");
  EXPECT_EQ(told.recipe.weighting, Weighting::kMinSnr);
  ASSERT_EQ(told.marks.size(), 1u);
  EXPECT_EQ(told.marks[0].change, "rate × 0.5, weighting min-snr");
  EXPECT_GT(told.marks[0].step, 0);
  EXPECT_TRUE(fs::exists(told.marks[0].file));
  end(run);
  Train again = back_to(0);
  again.at.reset();
  again.out.clear();
  const JobId resumed = post(again);
  const TrainingStarted started = wait_for<TrainingStarted>();
  EXPECT_EQ(started.recipe.weighting, Weighting::kMinSnr);
  EXPECT_EQ(started.multiplier, 0.5);
  const TrainingMarked known = wait_for<TrainingMarked>();
  ASSERT_EQ(known.marks.size(), 1u);
  EXPECT_EQ(known.marks[0].file, told.marks[0].file);
  EXPECT_EQ(known.marks[0].step, told.marks[0].step);
  EXPECT_EQ(known.marks[0].change, told.marks[0].change);
  end(resumed);
}

TEST_F(Marking, ChangingToWhatIsSoAlreadyLeavesNone) {
  const JobId run = begin();
  post(ChangeTraining{run, 1, {{"weighting", "edm"}}});
  post(MarkTraining{run});
  const TrainingMarked told = wait_for<TrainingMarked>();
  ASSERT_EQ(told.marks.size(), 1u);
  EXPECT_EQ(told.marks[0].change, "");
  end(run);
}

TEST_F(Marking, ChangesWhileItIsPausedShareAMarkFromBeforeAllOfThem) {
  const JobId run = begin();
  post(Pause{run, true});
  while (!wait_for<TrainingProgress>().paused) continue;
  post(ChangeTraining{run, 0.5});
  wait_for<TrainingMarked>();
  post(ChangeTraining{run, {}, {{"class_dropout", "0.25"}}});
  const TrainingMarked told = wait_for<TrainingMarked>();
  ASSERT_EQ(told.marks.size(), 1u);
  EXPECT_EQ(told.marks[0].change, "rate × 0.5, class dropout 0.25");
  end(run);
  const JobId other = post(back_to(told.marks[0].step));
  const TrainingStarted started = wait_for<TrainingStarted>();
  EXPECT_EQ(started.multiplier, 1);
  EXPECT_EQ(started.recipe.class_dropout, Recipe{}.class_dropout);
  end(other);
}

TEST_F(Marking, ARunThatBeginsAtOneLeavesTheOldOneByteForByteAsItWas) {
  const JobId run = begin();
  post(MarkTraining{run});
  const std::int64_t step = wait_for<TrainingMarked>().marks[0].step;
  while (wait_for<TrainingProgress>().step <= step) continue;
  post(MarkTraining{run});
  ASSERT_EQ(wait_for<TrainingMarked>().marks.size(), 2u);
  end(run);
  const auto before = bytes_below(runs_ / "run");
  Train back = back_to(step);
  back.changes = {{"learning_rate", "0.001"}};
  const JobId other = post(back);
  const TrainingStarted started = wait_for<TrainingStarted>();
  EXPECT_EQ(started.folder, runs_ / "other");
  EXPECT_EQ(started.step, step);
  EXPECT_EQ(started.recipe.learning_rate, 0.001);
  const TrainingMarked told = wait_for<TrainingMarked>();
  ASSERT_EQ(told.marks.size(), 1u);  // What came later is not of this run.
  EXPECT_EQ(told.marks[0].step, step);
  EXPECT_EQ(told.marks[0].file.parent_path().parent_path(), runs_ / "other");
  EXPECT_EQ(wait_for<RunFound>().run.from, text_of("run at step ", step));
  while (wait_for<TrainingProgress>().step <= step) continue;
  end(other);
  EXPECT_EQ(bytes_below(runs_ / "run"), before);
  EXPECT_TRUE(fs::exists(runs_ / "other" / "history.jsonl"));
}

// As the window does it.
TEST_F(Marking, ARunInTrainingEndsSavedBeforeAnotherOneBeginsAtItsMark) {
  const JobId run = begin();
  post(MarkTraining{run});
  const std::int64_t step = wait_for<TrainingMarked>().marks[0].step;
  post(Cancel{run});
  const JobId other = post(back_to(step));
  EXPECT_GE(wait_for<TrainingDone>().step, step);
  EXPECT_EQ(wait_for<TrainingStarted>().step, step);
  end(other);
}

TEST_F(Marking, WhatCannotBeChangedIsNamedAndTheRunGoesOn) {
  const JobId run = begin();
  EXPECT_THAT(failure_of(post(ChangeTraining{run, {}, {{"batch", "4"}}})), HasSubstr("batch"));
  EXPECT_THAT(failure_of(post(ChangeTraining{run, 0.0})), HasSubstr("multiplier is 0"));
  EXPECT_FALSE(fs::exists(runs_ / "run" / "marks"));
  wait_for<TrainingProgress>();
  end(run);
  EXPECT_EQ(failure_of(post(ChangeTraining{run, 0.5})), "");  // It is over.
  EXPECT_THAT(failure_of(post(back_to(123456789))), HasSubstr("no mark at step 123456789"));
  EXPECT_FALSE(fs::exists(runs_ / "other"));
}

// A run on the toy data, stepped by hand, and what it has told.
struct MarkedRun {
  MarkedRun() {
    while (step == 0 && job.step(keep)) continue;
  }
  static Train asked(const fs::path& folder) {
    Train command;
    command.recipe = toy_recipe(1'000'000);
    command.recipe.gallery_seconds = 0;
    command.out = folder;
    return command;
  }

  const TemporaryFolder folder;
  std::vector<std::string> warnings;
  std::optional<TrainingMarked> told;
  double multiplier = 1;
  std::int64_t step = 0;
  const Emit keep = [this](Event event) {
    if (const auto* warning = std::get_if<Warning>(&event)) warnings.push_back(warning->text);
    if (const auto* marked = std::get_if<TrainingMarked>(&event)) told = *marked;
    if (const auto* now = std::get_if<TrainingProgress>(&event)) {
      multiplier = now->multiplier;
      step = now->step;
    }
  };
  TrainingJob job{asked(folder / "run"), 1,    std::make_shared<Dataset>(toy_data()),
                  torch::kCPU,           keep, [] { return false; }};
};

Corrections relabelled() {
  Corrections corrections;
  corrections.pictures = {{.index = 4, .label = 1}};
  return corrections;
}

TEST(MarksOfAJob, AreMadeOnceOfTheSameCorrections) {
  MarkedRun run;
  run.job.change({.run = 1, .corrections = Corrections{}}, run.keep);
  EXPECT_FALSE(run.told);  // It has none as it is.
  run.job.change({.run = 1, .corrections = relabelled()}, run.keep);
  run.job.change({.run = 1, .corrections = relabelled()}, run.keep);
  ASSERT_TRUE(run.told);
  ASSERT_EQ(run.told->marks.size(), 1u);
  EXPECT_EQ(run.told->marks[0].change, "1 relabelled");
  EXPECT_EQ(run.told->corrections, relabelled());
  EXPECT_EQ(run.job.data()->train.labels[4], 1);
}

TEST(MarksOfAJob, OfCorrectionsThatDoNotFitNoneIsMadeAndTheRunGoesOn) {
  MarkedRun run;
  Corrections wrong;
  wrong.pictures = {{.index = 60, .label = 1}};
  EXPECT_THAT(error_of([&] { run.job.change({.run = 1, .corrections = wrong}, run.keep); }),
              HasSubstr("no training picture 60"));
  EXPECT_FALSE(run.told);
  EXPECT_TRUE(run.job.running());
  EXPECT_TRUE(run.job.step(run.keep));
}

TEST(MarksOfAJob, OnAFullDiskAreAWarningAndTheChangeIsMadeAllTheSame) {
  MarkedRun run;
  {
    const FullDisk full;
    run.job.change({1, 0.5, {{"weighting", "uniform"}}}, run.keep);
  }
  EXPECT_THAT(run.warnings, testing::Contains(HasSubstr("No mark was written at step ")));
  ASSERT_TRUE(run.told);
  ASSERT_EQ(run.told->marks.size(), 1u);
  EXPECT_EQ(run.told->marks[0].file, fs::path());
  EXPECT_EQ(run.told->recipe.weighting, Weighting::kUniform);
  EXPECT_EQ(run.multiplier, 0.5);
  EXPECT_TRUE(run.job.running());
  const std::int64_t before = run.step;
  while (run.step == before) ASSERT_TRUE(run.job.step(run.keep));
  run.job.mark(run.keep);  // There is room again.
  ASSERT_EQ(run.told->marks.size(), 2u);
  EXPECT_TRUE(fs::exists(run.told->marks[1].file));
}

// One that has a mark behind it, and what the pictures of a bin were there.
struct RunPastAMark : MarkedRun {
  RunPastAMark() {
    job.mark(keep);
    while (step <= then.step && job.step(keep)) continue;
    warnings.clear();
  }
  const LevelsLookedAt then = job.look_at({.bin = 6}, keep);
};

TEST(MarksOfAJob, ShowThePicturesOfABinByTheWeightsOfThen) {
  RunPastAMark run;
  const LevelsLookedAt again = run.job.look_at({.bin = 6, .at = run.then.step}, run.keep),
                       now = run.job.look_at({.bin = 6}, run.keep);
  EXPECT_TRUE(again.at_mark);
  EXPECT_EQ(again.step, run.then.step);
  EXPECT_EQ(again.pictures, run.then.pictures);
  EXPECT_EQ(again.losses, run.then.losses);
  EXPECT_EQ(again.noisy.pixels, run.then.noisy.pixels);
  EXPECT_EQ(again.guess.pixels, run.then.guess.pixels);
  EXPECT_FALSE(now.at_mark);
  EXPECT_GT(now.step, run.then.step);
  EXPECT_NE(now.losses, again.losses);
  EXPECT_TRUE(std::ranges::is_permutation(now.pictures, again.pictures));
  EXPECT_TRUE(std::ranges::is_permutation(now.levels, again.levels));
  EXPECT_TRUE(run.warnings.empty());
}

TEST(MarksOfAJob, ThatAreGoneOrDamagedGiveWayToTheNewestWeightsAndThatIsSaid) {
  RunPastAMark run;
  const LevelsLookedAt now = run.job.look_at({.bin = 6}, run.keep);
  write_file(mark_file(run.folder / "run", run.then.step), "not a mark");
  for (const std::int64_t step : {run.then.step, run.then.step + 1}) {
    const LevelsLookedAt seen = run.job.look_at({.bin = 6, .at = step}, run.keep);
    EXPECT_FALSE(seen.at_mark);
    EXPECT_EQ(seen.step, now.step);
    EXPECT_EQ(seen.losses, now.losses);
  }
  ASSERT_EQ(run.warnings.size(), 2u);
  EXPECT_THAT(run.warnings[1], HasSubstr(text_of("no mark at step ", run.then.step + 1)));
  EXPECT_THAT(run.warnings, testing::Each(HasSubstr("by the newest weights")));
}

// The others have the recipe too, and are told of rates alone.
TEST(MarksOfAJob, OfSeveralProcessesAreMadeButNothingChangesExceptTheRate) {
  MarkedRun run;
  const int port = free_port();
  const auto process = [port](int rank) {
    return std::make_shared<Processes>(
        ProcessPlace{.rank = rank, .size = 2, .address = "127.0.0.1", .port = port});
  };
  std::thread other([&] {
    torch::set_num_threads(1);
    const auto processes = process(1);
    const RunHead head = run_of_first(*processes);
    Trainer trainer = Trainer::follow(processes, head, toy_data(), torch::kCPU);
    while (!trainer.dismissed()) trainer.advance([] { return false; });
  });
  run.job.lead(process(0));
  EXPECT_THAT(error_of([&] {
                run.job.change({1, {}, {{"weighting", "uniform"}}}, run.keep);
              }),
              HasSubstr("nothing but its learning rate can change"));
  EXPECT_THAT(error_of([&] { run.job.change({.run = 1, .corrections = relabelled()}, run.keep); }),
              HasSubstr("one data set"));
  EXPECT_FALSE(run.told);
  run.job.change({1, 0.5}, run.keep);
  EXPECT_TRUE(run.told);
  EXPECT_EQ(run.multiplier, 0.5);
  const std::int64_t before = run.step;
  while (run.step == before && run.job.step(run.keep)) continue;
  run.job.leave(run.keep);
  other.join();
}

}  // namespace
}  // namespace stepwise
