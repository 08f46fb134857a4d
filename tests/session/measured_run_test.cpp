// A run whose pictures are measured while it trains, on a few real ones.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "error.h"
#include "evaluation/clothes.h"
#include "image/file.h"
#include "session/share_of_time.h"
#include "session/training_job.h"
#include "session_fixture.h"
#include "temporary_folder.h"
#include "training/run_summary.h"

namespace stepwise {
namespace {

constexpr int kMeasuredPictures = 20;

std::shared_ptr<const Dataset> some_clothes() {
  static const auto data = few_clothes(300, 100);
  return data;
}

std::shared_ptr<ReferenceSet> those_clothes() {
  return std::make_shared<ReferenceSet>(ReferenceSet{
      some_clothes(), record_of(*some_clothes()), load_classifier(shipped_classifier()), {}, {}});
}

// Of two steps, that draws a gallery at its end alone.
Train measured_training(const TemporaryFolder& folder) {
  Train command;
  command.recipe.channels = {8, 8};
  command.recipe.batch = 8;
  command.recipe.budget = {0, 2};
  command.recipe.gallery_seconds = 0;
  command.recipe.measure_count = kMeasuredPictures;
  command.out = folder / "run";
  return command;
}

// What a run tells, from its beginning on.
struct Listener {
  std::vector<MeasuredPoint> measured;
  std::vector<std::string> warnings;
  TrainingProgress last;
  std::optional<GalleryReady> gallery;
  std::optional<TrainingDone> done;

  void operator()(const Event& event) {
    if (const auto* now = std::get_if<TrainingProgress>(&event)) {
      measured.insert(measured.end(), now->measured.begin(), now->measured.end());
      last = *now;
    }
    if (const auto* warning = std::get_if<Warning>(&event)) warnings.push_back(warning->text);
    if (const auto* drawn = std::get_if<GalleryReady>(&event)) gallery = *drawn;
    if (const auto* end = std::get_if<TrainingDone>(&event)) done = *end;
  }
};

Emit to(Listener& listener) {
  return [&listener](Event event) { listener(event); };
}

bool no_one() { return false; }

// One that has just drawn its gallery, and is about to measure what it draws.
struct RunWithGallery {
  TemporaryFolder folder;
  Listener told;
  TrainingJob job{measured_training(folder), 1, some_clothes(), torch::kCPU, to(told), no_one};

  RunWithGallery() {
    job.measure_against(those_clothes());
    while (!told.gallery && step()) {
    }
  }

  bool step() { return job.step(to(told)); }
};

// Rows of the table that tell of a measure: their last cell is not empty.
int measures_in_table(const std::filesystem::path& run) {
  std::istringstream table(read_file(run / "history.csv"));
  std::string line;
  std::getline(table, line);  // The names of the columns.
  EXPECT_TRUE(line.ends_with(",class_agreement,nearest")) << line;
  int measures = 0;
  while (std::getline(table, line)) measures += !line.ends_with(',');
  return measures;
}

TEST(MeasuredRun, TellsWhatItsLastWeightsDrawAndKeepsItWhenItGoesOn) {
  const TemporaryFolder folder;
  Listener first;
  {
    TrainingJob job(measured_training(folder), 1, some_clothes(), torch::kCPU, to(first), no_one);
    job.measure_against(those_clothes());
    while (job.step(to(first))) {
    }
  }
  ASSERT_EQ(first.measured.size(), 1u);
  const MeasuredPoint& point = first.measured[0];
  EXPECT_EQ(point.step, 2);
  EXPECT_EQ(point.count, kMeasuredPictures);
  EXPECT_GT(point.floor, 0);
  EXPECT_GT(point.distance, point.floor);  // It has learned nothing yet.
  EXPECT_LT(point.low, point.distance);
  EXPECT_GT(point.high, point.distance);
  EXPECT_GE(point.agreement, 0);
  EXPECT_LE(point.agreement, 1);
  EXPECT_GT(point.nearest, 0);
  EXPECT_EQ(measures_in_table(folder / "run"), 1);

  Listener second;
  Train more;
  more.resume = folder / "run";
  more.more = {0, 1};
  TrainingJob job(more, 2, some_clothes(), torch::kCPU, to(second), no_one);
  EXPECT_EQ(second.measured, first.measured);
  EXPECT_GT(second.last.looked, 0);  // What was looked at before counts too.
  job.measure_against(those_clothes());
  while (job.step(to(second))) {
  }
  ASSERT_EQ(second.measured.size(), 2u);
  EXPECT_EQ(second.measured[1].step, 3);
  EXPECT_FLOAT_EQ(second.measured[1].floor, point.floor);  // Of the same real pictures.
  EXPECT_EQ(measures_in_table(folder / "run"), 2);
}

TEST(MeasuredRun, TakesNoTimeOfTraining) {
  RunWithGallery run;
  const Listener& told = run.told;
  ASSERT_TRUE(told.gallery);
  const double trained = told.gallery->seconds;
  const auto start = std::chrono::steady_clock::now();
  while (run.step()) {
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  ASSERT_EQ(told.measured.size(), 1u);
  EXPECT_EQ(told.measured[0].step, 2);
  EXPECT_GT(told.last.looked, 0.3 * took.count());
  EXPECT_LT(told.last.seconds - trained, 0.5 * took.count());
}

TEST(MeasuredRun, ThatIsStoppedMeanwhileEndsAtOnce) {
  RunWithGallery run;
  const Listener& told = run.told;
  ASSERT_TRUE(told.gallery);
  for (int piece = 0; piece < 4; ++piece) ASSERT_TRUE(run.step());  // It is at it.
  run.job.cancel(to(run.told));
  ASSERT_TRUE(told.done);
  EXPECT_TRUE(told.done->stopped_early);
  EXPECT_FALSE(run.step());
  EXPECT_TRUE(told.measured.empty());
  EXPECT_EQ(summary_of(run.folder / "run").step, 2);
  EXPECT_EQ(measures_in_table(run.folder / "run"), 0);
}

TEST(MeasuredRun, ThatIsNotMeasuredAgainstAnythingEndsLikeAnyOther) {
  const TemporaryFolder folder;
  Listener told;
  TrainingJob job(measured_training(folder), 1, some_clothes(), torch::kCPU, to(told), no_one);
  while (job.step(to(told))) {
  }
  ASSERT_TRUE(told.done);
  EXPECT_FALSE(told.done->stopped_early);
  EXPECT_TRUE(told.measured.empty());
}

TEST(MeasuredRun, WantsAsManyRealPicturesAsItDraws) {
  const TemporaryFolder folder;
  Train command = measured_training(folder);
  command.recipe.measure_count = some_clothes()->test.count + 1;
  TrainingJob job(
      command, 1, some_clothes(), torch::kCPU, [](Event) {}, no_one);
  EXPECT_THROW(job.measure_against(those_clothes()), Error);
}

TEST(PauseAfter, LeavesAsMuchTimeAsTheShareSays) {
  using std::chrono::seconds;
  EXPECT_EQ(pause_after(seconds(1), 0.5), seconds(1));
  EXPECT_EQ(pause_after(seconds(2), 0.25), seconds(6));
}

TEST_F(SessionTest, ARunWithoutAClassifierIsWarnedOfOnceAndTrains) {
  Train command = train(3);
  command.recipe.measure_count = 8;
  wait_for_end_of(engine_.post(command));
  int warnings = 0;
  std::int64_t trained = 0;
  for (const Report& report : seen_) {
    if (const auto* warning = std::get_if<Warning>(&report.event))
      warnings += warning->text.find("stepwise classifier --data") != std::string::npos &&
                  warning->text.starts_with("Training goes on");
    if (const auto* done = std::get_if<TrainingDone>(&report.event)) trained = done->step;
  }
  EXPECT_EQ(warnings, 1);
  EXPECT_EQ(trained, 3);
}

}  // namespace
}  // namespace stepwise
