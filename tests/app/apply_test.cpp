#include "view/view.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace stepwise::app {
namespace {

ByteBatch batch(int count, int value) {
  return {count, 2, 2, 1, std::vector<std::uint8_t>(std::size_t(count) * 4, std::uint8_t(value))};
}

BranchStarted branch(BranchId id, BranchId parent, int fork, std::vector<int> pictures) {
  BranchStarted start;
  start.id = id;
  start.parent = parent;
  start.fork = fork;
  start.pictures = std::move(pictures);
  start.conditions = {{0}, {1}, {2}};
  start.sigmas = {8, 4, 2, 1, 0};
  return start;
}

// A root of three pictures, a child that repaints picture 1 at step 2, and a grandchild of that at
// step 3. Guesses tell by their value who computed them.
View family() {
  View view;
  apply({kNoJob, branch(10, -1, 0, {0, 1, 2})}, view);
  for (int k = 0; k <= 4; ++k) apply({kNoJob, FrameReady{10, k, batch(3, 100 + k)}}, view);
  apply({kNoJob, branch(11, 10, 2, {1})}, view);
  for (int k = 2; k <= 4; ++k) apply({kNoJob, FrameReady{11, k, batch(1, 110 + k)}}, view);
  apply({kNoJob, branch(12, 11, 3, {1})}, view);
  apply({kNoJob, FrameReady{12, 3, batch(1, 123)}}, view);
  return view;
}

int guess(const View& view, BranchId id, int step, int picture) {
  const PictureAtStep spot = lookup(view, id, step, picture);
  return spot ? to_bytes(image_of(spot.guess)).at(0, 0) : -1;
}

TEST(Lookup, ABranchShowsItsOwnFramesFromItsForkOn) {
  const View view = family();
  EXPECT_EQ(guess(view, 11, 2, 1), 112);
  EXPECT_EQ(guess(view, 11, 4, 1), 114);
  EXPECT_EQ(lookup(view, 11, 2, 1).owner, 11);
}

TEST(Lookup, FramesBeforeTheForkAreTheParents) {
  const View view = family();
  EXPECT_EQ(guess(view, 11, 1, 1), 101);
  EXPECT_EQ(guess(view, 12, 2, 1), 112);
  EXPECT_EQ(guess(view, 12, 1, 1), 101);
  EXPECT_EQ(lookup(view, 12, 1, 1).owner, 10);
}

TEST(Lookup, PicturesThatABranchDoesNotRunAreTheParentsAtEveryStep) {
  const View view = family();
  EXPECT_EQ(guess(view, 11, 4, 0), 104);
  EXPECT_EQ(guess(view, 12, 4, 2), 104);
}

TEST(Lookup, AFrameThatHasNotComeIsEmptyAndNotTheParents) {
  const View view = family();
  EXPECT_FALSE(lookup(view, 12, 4, 1));
  EXPECT_EQ(lookup(view, 12, 4, 1).sigma, 0);
}

TEST(Lookup, WhatIsOutsideIsEmpty) {
  const View view = family();
  EXPECT_FALSE(lookup(view, 10, -1, 0));
  EXPECT_FALSE(lookup(view, 10, 5, 0));
  EXPECT_FALSE(lookup(view, 10, 0, 3));
  EXPECT_FALSE(lookup(view, 99, 0, 0));
  EXPECT_FALSE(lookup(View{}, 0, 0, 0));
}

// A step in full: x is 5, D is 3.
FrameFetched full_step(BranchId id, int step, int count) {
  const std::size_t size = std::size_t(count) * 4;
  return {id,
          step,
          {count, 2, 2, 1, std::vector<float>(size, 5)},
          {count, 2, 2, 1, std::vector<float>(size, 3)}};
}

TEST(Lookup, AStepInFullGoesBeforeItsGuessToLookAt) {
  View view = family();
  EXPECT_FALSE(lookup(view, 11, 2, 1).noisy);
  apply({kNoJob, full_step(11, 2, 1)}, view);
  EXPECT_EQ(lookup(view, 11, 2, 1).guess.at(0, 0), 3);
  EXPECT_EQ(lookup(view, 11, 2, 1).noisy.at(0, 0), 5);
  EXPECT_EQ(lookup(view, 12, 2, 1).noisy.at(0, 0), 5);
  EXPECT_FALSE(lookup(view, 11, 3, 1).noisy);
}

TEST(Apply, TheNewestStepsInFullAreKeptWithinABound) {
  View view = family();
  const int width = int(kMaxFullBytes / 4 / sizeof(float) / 3);
  for (int i = 0; i < 3; ++i)
    for (int step = 0; step <= 4; ++step) {
      FrameFetched full{
          10, step, {3, 1, width, 1, std::vector<float>(3 * std::size_t(width))}, {3, 2, 2, 1, {}}};
      full.guess.pixels.resize(12);
      apply({kNoJob, std::move(full)}, view);
    }
  EXPECT_EQ(view.full_steps.size(), 5u);  // Each once, and never fewer than can be on screen.
  for (int step = 0; step < 4; ++step)
    for (const BranchId id : {11, 12}) apply({kNoJob, full_step(id, step, 1)}, view);
  EXPECT_LE(view.full_steps.size(), kFewestFullSteps + 3);
  EXPECT_FALSE(find_full(view, {10, 0}));
  EXPECT_TRUE(find_full(view, {12, 3}));
}

// A batch of 16 MiB at 100 steps.
TEST(Apply, GuessesBeyondTheBoundAreThinnedAndTheOneBeforeStandsForThem) {
  View view;
  BranchStarted start = branch(10, -1, 0, {0});
  start.sigmas.assign(101, 1.0);
  apply({kNoJob, start}, view);
  for (int step = 0; step <= 100; ++step) {
    ByteBatch large{1, 4096, 4096, 1, std::vector<std::uint8_t>(4096 * 4096, std::uint8_t(step))};
    apply({kNoJob, FrameReady{10, step, std::move(large)}}, view);
    ASSERT_LE(view.branches[0].bytes, kMaxGuessBytes);
  }
  EXPECT_EQ(view.branches[0].stride, 4);
  EXPECT_EQ(guess(view, 10, 0, 0), 0);
  EXPECT_EQ(guess(view, 10, 52, 0), 52);
  EXPECT_EQ(guess(view, 10, 55, 0), 52);
  EXPECT_EQ(guess(view, 10, 100, 0), 100);
}

TEST(Apply, ANewRootStandsBesideTheOtherTrees) {
  View view = family();
  apply({kNoJob, branch(13, -1, 0, {0})}, view);
  EXPECT_EQ(view.branches.size(), 4u);
  EXPECT_EQ(root_of(view, 12), 10);
  EXPECT_EQ(root_of(view, 13), 13);
  EXPECT_EQ(root_of(view, 99), -1);
}

TEST(Apply, ATreeThatIsClosedIsGoneWithAllOfIts) {
  View view = family();
  apply({kNoJob, branch(13, -1, 0, {0})}, view);
  apply({kNoJob, full_step(12, 3, 1)}, view);
  PreviewReady preview;
  preview.edit.branch = 11;
  apply({7, preview}, view);
  apply({kNoJob, TreeClosed{10}}, view);
  ASSERT_EQ(view.branches.size(), 1u);
  EXPECT_EQ(view.branches[0].start.id, 13);
  EXPECT_TRUE(view.full_steps.empty());
  EXPECT_FALSE(view.preview);
  apply({kNoJob, FrameReady{10, 0, batch(3, 1)}}, view);  // On their way when it was closed.
  apply({kNoJob, full_step(11, 2, 1)}, view);
  apply({kNoJob, FrameReady{13, 77, batch(1, 1)}}, view);
  EXPECT_EQ(view.branches[0].newest, -1);
  EXPECT_TRUE(view.full_steps.empty());
}

TEST(Apply, ABranchRunsAsLongAsTheJobThatItsNewestFrameIsFrom) {
  View view = family();
  EXPECT_FALSE(running_branch(view));
  begin_job(20, view);
  EXPECT_FALSE(running_branch(view));  // Nobody knows yet what it is.
  apply({20, FrameReady{11, 4, batch(1, 114)}}, view);
  apply({21, FrameReady{12, 3, batch(1, 123)}}, view);
  EXPECT_EQ(running_branch(view), find_branch(view, 12));  // The other one is done.
  apply({20, Finished{0.5}}, view);
  EXPECT_EQ(running_branch(view), find_branch(view, 12));
  apply({21, Finished{0.1, true}}, view);
  EXPECT_FALSE(running_branch(view));
  EXPECT_TRUE(find_branch(view, 11)->done());
  EXPECT_FALSE(find_branch(view, 12)->done());
  EXPECT_EQ(find_branch(view, 11)->seconds, 0.5);
}

// As the worker tells of a network that answers with NaN at its first level.
TEST(Apply, ABranchThatFailsStopsAndSaysWhy) {
  View view;
  apply({20, branch(10, -1, 0, {0, 1, 2})}, view);
  EXPECT_TRUE(running_branch(view));
  apply({21, Failed{"Previewing", "Nothing to preview."}}, view);
  EXPECT_TRUE(running_branch(view));
  view.log.clear();
  apply({20, Failed{"Sampling", "Step 1 of 4 (sigma 8): the network's answer has NaN."}}, view);
  EXPECT_FALSE(running_branch(view));
  EXPECT_FALSE(find_branch(view, 10)->done());
  ASSERT_EQ(view.log.size(), 1u);
  EXPECT_EQ(view.log[0].text, "Sampling: Step 1 of 4 (sigma 8): the network's answer has NaN.");
  EXPECT_TRUE(view.log[0].level == LogLevel::kError);
}

TEST(Apply, AnOldPreviewDoesNotReplaceANewerOne) {
  View view;
  PreviewReady preview;
  preview.noise_level = 2;
  apply({7, preview}, view);
  preview.noise_level = 3;
  apply({6, preview}, view);
  EXPECT_EQ(view.preview->noise_level, 2);
}

TEST(Apply, KeysThatAnotherSchedulerLeftAreNotedInTheLog) {
  View view;
  ModelOpened model;
  apply({kNoJob, model}, view);
  const std::size_t before = view.log.size();
  model.left_over = "clip_sample, solver_type";
  apply({kNoJob, model}, view);
  ASSERT_EQ(view.log.size(), before + 1);
  EXPECT_EQ(view.log.back().level, LogLevel::kNote);
  EXPECT_NE(view.log.back().text.find("clip_sample, solver_type"), std::string::npos);
}

TEST(Apply, RepeatedMessagesBecomeOneLineThatCounts) {
  View view;
  apply({kNoJob, Warning{"a"}}, view);
  apply({kNoJob, Failed{"Opening", "no"}}, view);
  apply({kNoJob, Warning{"a"}}, view);
  ASSERT_EQ(view.log.size(), 2u);
  EXPECT_EQ(view.log[0].text, "Opening: no");
  EXPECT_TRUE(view.log[0].level == LogLevel::kError);
  EXPECT_EQ(view.log[1].text, "a");
  EXPECT_EQ(view.log[1].count, 2);
  EXPECT_EQ(view.news, 3);
}

TEST(Apply, TheLogIsBounded) {
  View view;
  for (int i = 0; i < 2000; ++i) apply({kNoJob, Warning{std::to_string(i)}}, view);
  EXPECT_EQ(view.log.size(), kMaxLogLines);
  EXPECT_EQ(view.log.back().text, "1999");
}

TrainingProgress progress(std::int64_t step, float loss) {
  TrainingProgress p;
  p.points.push_back({step, double(step), loss, float(step % 10), 0.1f});
  p.step = step;
  return p;
}

TEST(Apply, LongCurvesAreThinnedToMeansAndSpikesOfTheNormStay) {
  View view;
  apply({kNoJob, TrainingStarted{}}, view);
  const int steps = int(kMaxPoints) * 3;
  for (int k = 0; k < steps; ++k) apply({kNoJob, progress(k, k % 2 ? 1.f : 0.f)}, view);
  const Training& training = view.training;
  EXPECT_LT(training.curve.points.size(), kMaxPoints);
  EXPECT_EQ(training.curve.points.front().steps, 4);
  for (const TrainingPoint& point : training.curve.points) ASSERT_FLOAT_EQ(point.loss, 0.5f);
  // Of the steps 0 to 9 in turn the largest of four neighbours is at least 3.
  for (const TrainingPoint& point : training.curve.points) ASSERT_GE(point.gradient_norm, 3);
}

TEST(Apply, ManyHeldOutLossesAreThinnedAndTheLatestStays) {
  View view;
  apply({kNoJob, TrainingStarted{}}, view);
  TrainingProgress news;
  for (int k = 0; k < int(kMaxPoints); ++k) news.held_out.push_back({k, 0, 0, {}});
  const std::int64_t latest = news.held_out.back().step;
  apply({kNoJob, news}, view);
  EXPECT_LT(view.training.held_out.size(), kMaxPoints);
  EXPECT_EQ(view.training.held_out.back().step, latest);
}

TEST(Apply, WhatTheRunsPicturesWereMeasuredAsIsGatheredOverReports) {
  View view;
  apply({kNoJob, TrainingStarted{}}, view);
  for (const std::int64_t step : {10, 20}) {
    TrainingProgress news;
    news.measured = {{.step = step, .distance = float(step)}};
    news.looked = double(step);
    apply({kNoJob, news}, view);
  }
  ASSERT_EQ(view.training.measured.size(), 2u);
  EXPECT_EQ(view.training.measured[1].distance, 20);
  EXPECT_TRUE(view.training.progress.measured.empty());
  EXPECT_EQ(view.training.progress.looked, 20);
  apply({kNoJob, TrainingStarted{}}, view);
  EXPECT_TRUE(view.training.measured.empty());
}

TEST(Apply, TheMarksOfARunAreAsTheyWereToldLastAndItsRecipeToo) {
  View view;
  TrainingMarked told;
  apply({kNoJob, told}, view);  // Of a run that this view knows nothing of.
  apply({kNoJob, TrainingStarted{}}, view);
  EXPECT_TRUE(view.training.marks.empty());
  told.marks = {{"runs/1/marks/2", 2, 0.5, "weighting min-snr"}};
  told.recipe.weighting = Weighting::kMinSnr;
  apply({kNoJob, told}, view);
  told.marks.push_back({"runs/1/marks/4", 4, 1, ""});
  apply({kNoJob, told}, view);
  EXPECT_EQ(view.training.marks, told.marks);
  EXPECT_EQ(view.training.started->recipe.weighting, Weighting::kMinSnr);
  apply({kNoJob, TrainingStarted{}}, view);
  EXPECT_TRUE(view.training.marks.empty());
}

TEST(Apply, GalleriesAreThinnedButTheFirstAndTheLatestStay) {
  View view;
  for (int k = 0; k < 1000; ++k)
    apply({kNoJob, GalleryReady{k, double(k), to_floats(batch(1, 0))}}, view);
  EXPECT_LE(view.training.galleries.size(), kMaxGalleries);
  EXPECT_EQ(view.training.galleries.front().step, 0);
  EXPECT_EQ(view.training.galleries.back().step, 999);
}

TEST(Apply, ANewRunClearsTheCurvesOfTheLast) {
  View view;
  apply({kNoJob, TrainingStarted{}}, view);
  apply({kNoJob, progress(1, 1)}, view);
  apply({kNoJob, TrainingDone{}}, view);
  EXPECT_FALSE(view.training.running);
  apply({kNoJob, TrainingStarted{}}, view);
  EXPECT_TRUE(view.training.running);
  EXPECT_TRUE(view.training.curve.points.empty());
}

TEST(Apply, LevelsOfASurveyStandInTheOrderOfSigmaUntilANewerOneTellsOfItsOwn) {
  View view;
  const auto level = [](double sigma) {
    Surveyed s;
    s.sigma = sigma;
    return s;
  };
  for (const double sigma : {1.0, 0.1, 10.0}) apply({5, level(sigma)}, view);
  ASSERT_EQ(view.survey.levels.size(), 3u);
  EXPECT_TRUE(std::ranges::is_sorted(view.survey.levels, {}, &Surveyed::sigma));
  apply({6, level(2)}, view);
  apply({5, level(3)}, view);
  EXPECT_EQ(view.survey.job, 6u);
  ASSERT_EQ(view.survey.levels.size(), 1u);
  EXPECT_EQ(view.survey.levels[0].sigma, 2);
}

TEST(ViewOfRuns, TheOneInTrainingIsAsItIsNowNotAsItWasSaved) {
  View view;
  RunSummary saved;
  saved.folder = "/runs/a";
  RunSummary other = saved;
  other.folder = "/runs/b";
  TrainingStarted started;
  started.folder = saved.folder;
  apply({7, started}, view);
  apply({kNoJob, RunFound{saved}}, view);
  apply({kNoJob, RunFound{other}}, view);
  TrainingProgress progress;
  progress.step = 120;
  progress.held_out = {{60, 0.5f, 0.6f, {}}, {120, 0.3f, 0.4f, {}}};
  progress.measured = {{.step = 60, .count = 200, .distance = 7}};
  apply({7, progress}, view);
  apply({7, GalleryReady{120, 5, ImageBatch{2, 2, 2, 1, std::vector<float>(8)}}}, view);
  const auto told = [&](const RunShown& run) {
    EXPECT_EQ(run.step, 120);
    EXPECT_EQ(run.steps, (std::vector<double>{60, 120}));
    EXPECT_EQ(run.losses, (std::vector<float>{0.6f, 0.4f}));
    EXPECT_EQ(run.measured, progress.measured);
    EXPECT_EQ(run.distances, std::vector<float>{7});
    EXPECT_FLOAT_EQ(float(run.score), 0.4f);
    EXPECT_TRUE(picture_at(run.pictures, 0));
  };
  const auto row = [&](const char* folder) {
    return *std::ranges::find_if(view.runs, [&](const RunShown& r) { return r.folder == folder; });
  };
  told(row("/runs/a"));
  EXPECT_EQ(row("/runs/b").step, 0);
  apply({kNoJob, RunFound{saved}}, view);  // The list was read anew.
  told(row("/runs/a"));
}

}  // namespace
}  // namespace stepwise::app
