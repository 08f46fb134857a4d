#include "training/run_summary.h"

#include <gmock/gmock.h>
#include <torch/types.h>

#include <cmath>
#include <limits>

#include "formats/unet_arithmetic.h"
#include "image/file.h"
#include "safetensors_file.h"
#include "temporary_folder.h"
#include "toy_data.h"
#include "training/network.h"
#include "training/run_head.h"
#include "training/trainer.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// A run of so many steps out of ten.
void save_toy_run(const fs::path& folder, int steps) {
  Trainer trainer(toy_recipe(10), toy_data(), torch::kCPU);
  for (int i = 0; i < steps; ++i) trainer.step();
  if (steps > 0) trainer.evaluate_held_out();
  trainer.save(folder);
}

TEST(RunSummary, TellsWhatTheRunSavedLast) {
  const TemporaryFolder folder;
  Trainer trainer(toy_recipe(3), toy_data(), torch::kCPU);
  trainer.evaluate_held_out();
  for (int i = 0; i < 2; ++i) trainer.step();
  const float score = trainer.evaluate_held_out().held_out;
  trainer.save(folder.path());
  RunSummary run = summary_of(folder.path());
  EXPECT_EQ(run.damage, "");
  EXPECT_EQ(run.folder, folder.path());
  EXPECT_EQ(run.recipe, toy_recipe(3));
  EXPECT_EQ(run.data, "bars");
  EXPECT_EQ(run.step, 2);
  EXPECT_FLOAT_EQ(run.score, score);
  EXPECT_FALSE(run.finished);
  EXPECT_NEAR(double(run.saved), double(std::time(nullptr)), 60);
  trainer.step();
  trainer.save(folder.path());
  EXPECT_TRUE(summary_of(folder.path()).finished);
}

TEST(RunSummary, TellsWhenEachLossWasMeasuredAndWhatAPictureCosts) {
  const TemporaryFolder folder;
  Trainer trainer(toy_recipe(6), toy_data(), torch::kCPU);
  std::vector<double> seconds;
  trainer.evaluate_held_out();  // Before the first step.
  seconds.push_back(0);
  for (int i = 1; i <= 6; ++i) {
    const TrainingPoint point = trainer.step();
    if (i % 2 != 0) continue;
    trainer.evaluate_held_out();
    seconds.push_back(point.seconds);
  }
  trainer.save(folder.path());
  const RunSummary run = summary_of(folder.path());
  EXPECT_EQ(run.held_out_at, seconds);
  EXPECT_EQ(run.flops, 3 * forward_flops(config_of(toy_recipe(6), toy_data()), 8, 8));
  fs::remove(folder / "unet" / "config.json");
  EXPECT_EQ(summary_of(folder.path()).flops, 0);
}

MeasuredPoint measure_at(std::int64_t step) {
  return {step, 0.25 * double(step), 200, 4.5f, 0.5f, 4, 5, 0.75f, 0.125f, 0.1f};
}

TEST(RunSummary, TellsWhatThePicturesOfTheRunWereMeasuredAs) {
  const TemporaryFolder folder;
  Trainer trainer(toy_recipe(10), toy_data(), torch::kCPU);
  for (int i = 0; i < 4; ++i) trainer.step();
  trainer.save(folder.path());
  EXPECT_TRUE(summary_of(folder.path()).measured.empty());  // As of an earlier version.
  trainer.keep_measured(measure_at(2));
  trainer.keep_measured(measure_at(4));
  trainer.save(folder.path());
  const RunSummary run = summary_of(folder.path());
  EXPECT_EQ(run.damage, "");
  EXPECT_EQ(run.measured, (std::vector{measure_at(2), measure_at(4)}));
}

TEST(RunSummary, HasTheFirstAndTheLastOfManyMeasures) {
  const TemporaryFolder folder;
  Trainer trainer(toy_recipe(10), toy_data(), torch::kCPU);
  for (int i = 0; i <= 1000; ++i) trainer.keep_measured(measure_at(i));
  trainer.save(folder.path());
  const std::vector<MeasuredPoint> measured = summary_of(folder.path()).measured;
  ASSERT_EQ(measured.size(), 100u);
  EXPECT_EQ(measured.front(), measure_at(0));
  EXPECT_EQ(measured.back(), measure_at(1000));
}

TEST(RunSummary, LeavesOutMeasuresThatMakeNoSense) {
  const TemporaryFolder folder;
  Trainer trainer(toy_recipe(10), toy_data(), torch::kCPU);
  MeasuredPoint endless = measure_at(3), of_none = measure_at(4);
  endless.distance = std::numeric_limits<float>::infinity();
  of_none.count = 0;
  for (const MeasuredPoint& point : {measure_at(5), measure_at(2), endless, of_none, measure_at(9)})
    trainer.keep_measured(point);
  trainer.save(folder.path());
  const RunSummary run = summary_of(folder.path());
  EXPECT_EQ(run.damage, "");
  EXPECT_EQ(run.measured, (std::vector{measure_at(5), measure_at(9)}));
}

TEST(RunSummary, OfARunThatHasNotBegunHasNoScore) {
  const TemporaryFolder folder;
  save_toy_run(folder.path(), 0);
  const RunSummary run = summary_of(folder.path());
  EXPECT_EQ(run.damage, "");
  EXPECT_EQ(run.step, 0);
  EXPECT_TRUE(std::isnan(run.score));
}

TEST(RunSummary, SaysWhatIsWrongWithARunThatIsDamaged) {
  const TemporaryFolder folder;
  save_toy_run(folder / "run", 1);
  const fs::path file = folder / "run" / kTrainingFile;
  const std::string whole = read_file(file);
  const auto damage = [&](const std::string& bytes) {
    write_file(file, bytes);
    return summary_of(folder / "run").damage;
  };
  EXPECT_THAT(damage(whole.substr(0, whole.size() / 2)), HasSubstr("truncated"));
  EXPECT_THAT(damage(""), HasSubstr("it is empty"));
  EXPECT_THAT(damage(std::string(64, '\xff')), HasSubstr("not the file of a run"));
  Safetensors changed = decode_safetensors(whole, "run");
  changed.metadata["progress"] = "[]";
  EXPECT_NE(damage(encode_safetensors(changed)), "");
  changed = decode_safetensors(whole, "run");
  changed.metadata["data_set"] = "{\"source\":3}";
  EXPECT_NE(damage(encode_safetensors(changed)), "");
  EXPECT_EQ(damage(whole), "");
  fs::remove(file);
  EXPECT_THAT(summary_of(folder / "run").damage, HasSubstr("a model, but no run"));
  fs::create_directory(file);
  EXPECT_NE(summary_of(folder / "run").damage, "");
}

TEST(RunSummary, ATableOfScoresOfAnotherKindIsNoScore) {
  const TemporaryFolder folder;
  save_toy_run(folder.path(), 1);
  const fs::path file = folder / kTrainingFile;
  Safetensors changed = read_safetensors(file);
  changed.tensors["history.held_out"] = stored({2}, std::vector<float>{1, 2});
  changed.tensors["history.measured"] = stored({1, 2}, std::vector<float>{1, 2});
  write_safetensors(file, changed);
  EXPECT_TRUE(std::isnan(summary_of(folder.path()).score));
  EXPECT_TRUE(summary_of(folder.path()).measured.empty());
}

TEST(RunFolders, AreThoseThatHoldARunOrAModelNewestFirst) {
  const TemporaryFolder folder;
  save_toy_run(folder / "older", 0);
  save_toy_run(folder / "newer", 0);
  fs::create_directory(folder / "empty");
  fs::create_directory(folder / "model");
  write_file(folder / "model" / "stepwise.json", "{}");
  write_file(folder / "note.txt", "mine");
  const auto now = fs::file_time_type::clock::now();
  fs::last_write_time(folder / "newer" / kTrainingFile, now);
  fs::last_write_time(folder / "older" / kTrainingFile, now - std::chrono::hours(1));
  fs::last_write_time(folder / "model" / "stepwise.json", now - std::chrono::hours(2));
  EXPECT_THAT(run_folders(folder.path()),
              testing::ElementsAre(folder / "newer", folder / "older", folder / "model"));
  EXPECT_TRUE(run_folders(folder / "nothing").empty());
}

TEST(RunFolders, OneThatCannotBeLookedIntoIsListedWithTheReasonAndHidesNoOther) {
  const TemporaryFolder folder;
  save_toy_run(folder / "run", 0);
  fs::create_symlink("circle", folder / "circle");
  EXPECT_THAT(run_folders(folder.path()),
              testing::UnorderedElementsAre(folder / "run", folder / "circle"));
  EXPECT_NE(summary_of(folder / "circle").damage, "");
}

}  // namespace
}  // namespace stepwise
