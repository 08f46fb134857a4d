// Marks of runs, and runs that begin at them.
#include "training/marks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include "data/corrections.h"
#include "error_of.h"
#include "image/file.h"
#include "temporary_folder.h"
#include "toy_data.h"
#include "training/run_summary.h"
#include "training/trainer.h"

namespace stepwise {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

// A run of twelve steps that has taken five, and has a mark there.
class Marks : public testing::Test {
 protected:
  Marks() : run_(toy_recipe(12), toy_data(), torch::kCPU) {
    losses_of_next(run_, 5);
    run_.save(folder_ / "run");
    run_.save_mark(mark_, "weighting min-snr");
  }

  static std::vector<float> losses_of_next(Trainer& trainer, int steps) {
    std::vector<float> losses;
    for (int i = 0; i < steps; ++i) losses.push_back(trainer.step().loss);
    return losses;
  }
  Trainer begin(const std::vector<FieldValue>& values = {}) const {
    return Trainer::begin_at(mark_, values, toy_data(), torch::kCPU);
  }
  static void expect_same_weights(const Trainer& a, const Trainer& b) {
    const auto first = a.averaged().parameters(), second = b.averaged().parameters();
    ASSERT_EQ(first.size(), second.size());
    for (std::size_t i = 0; i < first.size(); ++i) EXPECT_TRUE(first[i].equal(second[i])) << i;
  }

  const TemporaryFolder folder_;
  const std::filesystem::path mark_ = mark_file(folder_ / "run", 5);
  Trainer run_;
};

TEST_F(Marks, ARunThatGoesBackToOneAndChangesNothingGivesTheSameWeightsToTheBit) {
  const auto expected = losses_of_next(run_, 7);
  Trainer again = begin();
  EXPECT_EQ(again.steps(), 5);
  EXPECT_EQ(again.recipe(), run_.recipe());
  EXPECT_EQ(losses_of_next(again, 7), expected);
  EXPECT_TRUE(again.finished());
  EXPECT_EQ(again.history().curve.points.size(), 12u);
  expect_same_weights(again, run_);
}

TEST_F(Marks, ARunThatIsChangedGoesOnAsOneThatBeginsAtTheMarkWithThatChange) {
  const std::vector<FieldValue> values{{"weighting", "min-snr"}, {"class_dropout", "0.5"},
                                       {"sigma_mean", "-0.2"},   {"sigma_std", "1"},
                                       {"flip", "true"},         {"wrong_classes", "0.5"}};
  Trainer unchanged = begin(), changed_at_once = begin(values);
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(run_.advance([] { return true; }));
  run_.change(changed_in_training(run_.recipe(), values));  // Within a step.
  EXPECT_EQ(run_.recipe(), changed_at_once.recipe());
  const auto losses = losses_of_next(run_, 5);
  EXPECT_EQ(losses, losses_of_next(changed_at_once, 5));
  EXPECT_NE(losses, losses_of_next(unchanged, 5));
  expect_same_weights(run_, changed_at_once);
}

TEST_F(Marks, ARunThatIsToldCorrectionsGoesOnAsOneThatBeginsAtTheMarkWithThem) {
  Dataset corrected = toy_data();
  correct(corrected, {.pictures = {{.index = 4, .label = 1}, {.index = 17, .left_out = true}}});
  Trainer unchanged = begin(),
          corrected_at_once = Trainer::begin_at(mark_, {}, corrected, torch::kCPU);
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(run_.advance([] { return true; }));
  run_.learn_from(corrected);  // Within a step.
  const auto losses = losses_of_next(run_, 3);
  EXPECT_EQ(losses, losses_of_next(corrected_at_once, 3));
  EXPECT_NE(losses, losses_of_next(unchanged, 3));
  expect_same_weights(run_, corrected_at_once);

  run_.save(folder_ / "run");
  Trainer resumed = Trainer::resume(folder_ / "run", corrected, torch::kCPU);
  EXPECT_EQ(resumed.evaluate_held_out().train, run_.evaluate_held_out().train);
  EXPECT_EQ(losses_of_next(resumed, 4), losses_of_next(run_, 4));
  expect_same_weights(resumed, run_);
}

TEST_F(Marks, WhatWasChangedIsKeptByTheRun) {
  run_.change(changed_in_training(run_.recipe(), {{"weighting", "uniform"}}));
  losses_of_next(run_, 1);
  run_.save(folder_ / "run");
  Trainer resumed = Trainer::resume(folder_ / "run", toy_data(), torch::kCPU);
  EXPECT_EQ(resumed.recipe().weighting, Weighting::kUniform);
  EXPECT_EQ(resumed.recipe().name, "toy-changed");
  EXPECT_EQ(resumed.recipe().parent, "toy");
  EXPECT_EQ(losses_of_next(resumed, 3), losses_of_next(run_, 3));
}

TEST_F(Marks, AtOneTheRateCanBeAnotherButTheNetworkStays) {
  Trainer slower = begin({{"learning_rate", "0.001"}});
  const float before = slower.history().curve.points.back().learning_rate;
  EXPECT_LT(slower.step().learning_rate, before / 2);
  EXPECT_THAT(error_of([&] { begin({{"channels", "8,24"}}); }), HasSubstr("channels"));
  EXPECT_THAT(error_of([&] { begin({{"seed", "2"}}); }), HasSubstr("seed"));
}

TEST_F(Marks, ARunThatBeganAtOneSaysSo) {
  begin().save(folder_ / "other");
  EXPECT_EQ(summary_of(folder_ / "other").from, "run at step 5");
  Trainer::resume(folder_ / "other", toy_data(), torch::kCPU).save(folder_ / "other");
  EXPECT_EQ(summary_of(folder_ / "other").from, "run at step 5");
  EXPECT_EQ(summary_of(folder_ / "run").from, "");
}

TEST_F(Marks, AreFoundByTheirStepsAndWhatIsDamagedIsNone) {
  losses_of_next(run_, 2);
  run_.save_mark(mark_file(folder_ / "run", 7), "");
  write_file(mark_file(folder_ / "run", 6), "not a mark");
  const auto marks = marks_in(folder_ / "run");
  ASSERT_EQ(marks.size(), 2u);
  EXPECT_EQ(marks[0].file, mark_);
  EXPECT_EQ(marks[0].step, 5);
  EXPECT_EQ(marks[0].change, "weighting min-snr");
  EXPECT_EQ(marks[1].step, 7);
  EXPECT_EQ(marks[1].change, "");
  EXPECT_GE(marks[1].seconds, marks[0].seconds);
  EXPECT_EQ(mark_at(folder_ / "run", 5), mark_);
  EXPECT_THAT(error_of([&] { mark_at(folder_ / "run", 8); }),
              AllOf(HasSubstr("no mark at step 8"), HasSubstr("at these steps: 5, 7.")));
  EXPECT_THAT(error_of([&] { mark_at(folder_ / "nowhere", 8); }), HasSubstr("none at all"));
}

TEST_F(Marks, ARunThatBeginsAtOneHasItAndThoseBeforeIt) {
  for (int i = 0; i < 2; ++i) {
    losses_of_next(run_, 1);
    run_.save_mark(mark_file(folder_ / "run", run_.steps()), "");
  }
  inherit_marks(mark_file(folder_ / "run", 6), folder_ / "other");
  std::vector<std::int64_t> steps;
  for (const TrainingMark& mark : marks_in(folder_ / "other")) steps.push_back(mark.step);
  EXPECT_THAT(steps, ElementsAre(5, 6));
  EXPECT_EQ(read_file(mark_file(folder_ / "other", 5)), read_file(mark_));
  std::filesystem::remove_all(folder_ / "run");
  EXPECT_EQ(marks_in(folder_ / "other").size(), 2u);
}

TEST(ManyMarks, GoWhereTheyStandClosestButTheFirstAndTheLast) {
  const TemporaryFolder folder;
  std::vector<TrainingMark> marks;
  const auto add = [&](std::int64_t step) {
    const std::filesystem::path file = folder / std::to_string(step);
    write_file(file, "a mark");
    marks.push_back({file, step, 0, ""});
  };
  add(0);
  add(1);
  for (std::size_t i = 1; i < kMostMarks; ++i) add(std::int64_t(10 * i));
  const std::vector<TrainingMark> all = marks;
  thin_marks(marks);
  ASSERT_EQ(marks.size(), all.size());  // Curves go on showing where they were.
  for (std::size_t i = 0; i < marks.size(); ++i) {
    EXPECT_EQ(std::filesystem::exists(all[i].file), all[i].step != 1) << all[i].step;
    EXPECT_EQ(marks[i].file.empty(), all[i].step == 1) << all[i].step;
  }
  const std::vector<TrainingMark> few = marks;
  thin_marks(marks);
  EXPECT_EQ(marks, few);
}

}  // namespace
}  // namespace stepwise
