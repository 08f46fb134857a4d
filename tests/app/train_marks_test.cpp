// What is changed of a run while it trains, and the ways back to its marks.
#include <gtest/gtest.h>

#include <cmath>

#include "headless_imgui.h"
#include "panels/panels.h"

namespace stepwise::app {
namespace {

constexpr JobId kRunOfMarks = 1u << 30;  // None that a request of this process has.

class TrainMarks : public testing::Test {
 protected:
  TrainMarks() : gui_({400, 2000}) {
    TrainingStarted started;
    started.folder = "runs/1";
    started.bin_edges = {0.1, 1, 10};
    apply({kRunOfMarks, started}, view_);
  }

  void tell(std::vector<TrainingMark> marks) {
    apply({kRunOfMarks, TrainingMarked{"runs/1", view_.training.started->recipe, std::move(marks)}},
          view_);
  }
  void press(const char* label, const char* window = "test") {
    gui_.press(
        label, [&] { train_panel(view_, ui_, gui_.pictures, out_); }, window);
  }

  HeadlessImGui gui_;
  View view_;
  Ui ui_;
  Commands out_;
};

TEST_F(TrainMarks, AMarkIsMadeByAButton) {
  press("Mark");
  ASSERT_EQ(out_.size(), 1u);
  EXPECT_EQ(std::get<MarkTraining>(out_[0].command).run, kRunOfMarks);
}

TEST_F(TrainMarks, AnotherAverageOfTheRunIsAskedForByItsHalfLife) {
  ui_.train.half_life = 0.05;
  press("Open with this average");
  ASSERT_EQ(out_.size(), 1u);
  const auto& asked = std::get<AverageRun>(out_[0].command);
  EXPECT_EQ(asked.folder, "runs/1");
  EXPECT_EQ(asked.half_life, 0.05);
}

TEST_F(TrainMarks, LevelsAreToldOnceTheThumbsAreLetGo) {
  ui_.train.levels_drawn = {0.2, 3.2};
  gui_.frame([&] { train_panel(view_, ui_, gui_.pictures, out_); });
  ASSERT_EQ(out_.size(), 1u);
  const auto& asked = std::get<ChangeTraining>(out_[0].command);
  EXPECT_EQ(asked.run, kRunOfMarks);
  const Recipe changed = changed_in_training(view_.training.started->recipe, asked.changes);
  EXPECT_NEAR(std::exp(changed.sigma_mean), 0.8, 0.01);
  EXPECT_NEAR(changed.sigma_std, std::log(4), 0.01);
  gui_.frame([&] { train_panel(view_, ui_, gui_.pictures, out_); });
  EXPECT_EQ(out_.size(), 1u);
}

TEST_F(TrainMarks, AnotherWeightingIsAskedForAndShownOnceTheRunHasIt) {
  press("##Weighting");
  press("min-snr", "Combo");
  ASSERT_EQ(out_.size(), 1u);
  const auto& change = std::get<ChangeTraining>(out_[0].command);
  EXPECT_EQ(change.run, kRunOfMarks);
  EXPECT_FALSE(change.multiplier);
  EXPECT_EQ(change.changes, (std::vector<FieldValue>{{"weighting", "min-snr"}}));
  TrainingMarked told{"runs/1", view_.training.started->recipe, {}};
  told.recipe.weighting = Weighting::kMinSnr;
  apply({kRunOfMarks, told}, view_);
  press("##Weighting");
  press("min-snr", "Combo");
  EXPECT_EQ(out_.size(), 1u);  // It has it already.
}

TEST_F(TrainMarks, WhatWasCorrectedSinceIsToldToARunOnThatVeryDataSet) {
  view_.training.started->files = DataSource{"clothes"};
  DataOpened data;
  data.files = DataSource{"shoes"};
  const Corrections corrections{
      .pictures = {{.index = 3, .label = 1}, {.index = 5, .left_out = true}}};
  apply({7, data}, view_);
  apply({8, DataCorrected{corrections}}, view_);
  press("Learn from these");
  EXPECT_TRUE(out_.empty());
  data.files = DataSource{"clothes"};
  apply({9, data}, view_);
  press("Learn from these");
  EXPECT_TRUE(out_.empty());  // Nothing is corrected.
  apply({10, DataCorrected{corrections}}, view_);
  press("Learn from these");
  ASSERT_EQ(out_.size(), 1u);
  const auto& asked = std::get<ChangeTraining>(out_[0].command);
  EXPECT_EQ(asked.run, kRunOfMarks);
  EXPECT_EQ(asked.corrections, corrections);
  EXPECT_TRUE(asked.changes.empty());
  TrainingMarked told{"runs/1", view_.training.started->recipe, {}};
  told.corrections = corrections;
  apply({kRunOfMarks, told}, view_);
  press("Learn from these");
  EXPECT_EQ(out_.size(), 1u);  // It has them.
}

TEST_F(TrainMarks, TheWayBackEndsTheRunAndBeginsAnotherAtTheMark) {
  tell({{"runs/1/marks/step-000010.safetensors", 10, 1, "rate"},
        {"runs/1/marks/step-000020.safetensors", 20, 2, ""}});
  press("Back to here##10");
  ASSERT_EQ(out_.size(), 2u);
  EXPECT_EQ(std::get<Cancel>(out_[0].command).job, kRunOfMarks);
  const Train& train = std::get<Train>(out_[1].command);
  EXPECT_EQ(train.resume, "runs/1");
  EXPECT_EQ(train.at, 10);
  EXPECT_TRUE(train.data.place.empty());
  EXPECT_TRUE(train.out.empty());
  EXPECT_EQ(ui_.train.asked, out_[1].id);
  begin_job(out_[1], view_);
  press("Back to here##20");
  EXPECT_EQ(out_.size(), 2u);  // One is on its way already.
}

TEST_F(TrainMarks, OfARunThatIsOverLeadBackTooUnlessItWasDiscarded) {
  tell({{"runs/1/marks/step-000010.safetensors", 10, 1, ""}});
  apply({kRunOfMarks, TrainingDone{"runs/1", 30, true, "Stopped."}}, view_);
  press("Back to here##10");
  ASSERT_EQ(out_.size(), 1u);
  EXPECT_EQ(std::get<Train>(out_[0].command).at, 10);
  apply({kNoJob, RunDiscarded{"runs/1", "Trash/files/1"}}, view_);
  press("Back to here##10");
  EXPECT_EQ(out_.size(), 1u);
}

TEST_F(TrainMarks, ThatWereNotWrittenLeadNowhere) {
  tell({{{}, 10, 1, "rate"}});
  press("Back to here##10");
  EXPECT_TRUE(out_.empty());
}

}  // namespace
}  // namespace stepwise::app
