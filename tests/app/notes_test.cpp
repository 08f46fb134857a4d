// What the log says of what has happened.
#include "view/notes.h"

#include <gtest/gtest.h>

#include <cmath>

#include "panels/train.h"

namespace stepwise::app {
namespace {

class Notes : public testing::Test {
 protected:
  std::string newest() const {
    if (view.log.empty()) return "";
    EXPECT_EQ(view.log.back().level, LogLevel::kNote);
    return view.log.back().text;
  }
  void begin_training(std::int64_t step = 0) {
    TrainingStarted run;
    run.folder = "runs/1";
    run.data = "clothes";
    run.step = step;
    apply({5, run}, view);
  }
  static ModelOpened model(ModelId id, const char* name, const char* folder) {
    ModelOpened opened;
    opened.id = id;
    opened.name = name;
    opened.folder = folder;
    return opened;
  }
  View view;
};

TEST_F(Notes, OfAModelSayWhereItComesFrom) {
  apply({1, model(1, "boots", "models/boots")}, view);
  EXPECT_EQ(newest(), "Opened boots, the model in models/boots.");
  apply({2, model(2, "boots away from bags", "")}, view);
  EXPECT_EQ(newest(), "Combined: boots away from bags.");
  begin_training();
  apply({3, model(3, "clothes quick, step 12", "runs/1")}, view);
  EXPECT_EQ(newest(), "Kept clothes quick, step 12, of the run in runs/1.");
}

TEST_F(Notes, AModelInTrainingIsNotOpened) {
  ModelOpened live = model(1, "clothes quick", "runs/1");
  live.live = true;
  apply({1, live}, view);
  EXPECT_TRUE(view.log.empty());
}

TEST_F(Notes, OfADataSetCountItsPictures) {
  DataOpened data;
  data.name = "clothes";
  data.train = 60000;
  data.test = 10000;
  data.width = data.height = 28;
  apply({1, data}, view);
  EXPECT_EQ(newest(), "Opened clothes: 60,000 training and 10,000 test pictures of 28 x 28.");
}

TEST_F(Notes, OfARunSayRecipeStepsTimeAndFolder) {
  begin_training();
  EXPECT_EQ(newest(), "Training begins: quick on clothes, in runs/1.");
  TrainingProgress progress;
  progress.seconds = 125;
  apply({5, progress}, view);
  apply({5, TrainingDone{"runs/1", 1200, false, "The budget is spent."}}, view);
  EXPECT_EQ(newest(), "Training ended: quick, 1,200 steps in 2 min 05 s, in runs/1.");
  begin_training(1200);
  EXPECT_EQ(newest(), "Training goes on at step 1,200: quick on clothes, in runs/1.");
  apply({5, TrainingDone{"runs/1", 1300, true, "The loss is not a number."}}, view);
  EXPECT_EQ(newest(),
            "Training ended: quick, 1,300 steps in 0.0 s, in runs/1. The loss is not a number.");
}

TEST_F(Notes, OfAMeasurementGiveItsFigures) {
  Evaluated e;
  e.model = "boots";
  e.figures.count = 2000;
  e.figures.distance = 0.288;
  e.figures.floor = 0.084;
  e.figures.noise_equivalent_level = 0.044;
  e.figures.agreement = 0.948;
  apply({1, e}, view);
  EXPECT_EQ(newest(),
            "Measured boots over 2,000 pictures: FD 0.288, floor 0.084, as far off as noise of σ "
            "0.044, 94.8 % of the classes agree.");
  e.figures.agreement = NAN;  // No class was asked for.
  apply({2, e}, view);
  EXPECT_EQ(newest().find("agree"), std::string::npos);
}

TEST_F(Notes, OfWhatIsDiscardedSayWhereItIs) {
  apply({1, RunDiscarded{"runs/1", "Trash/files/1"}}, view);
  EXPECT_EQ(newest(), "Discarded: runs/1. It lies in the trash of the desktop, Trash/files/1.");
  apply({1, RunTakenBack{"runs/1"}}, view);
  EXPECT_EQ(newest(), "Taken back from the trash: runs/1.");
}

TEST_F(Notes, ARunThatTheProgramWasClosedOnIsToldOfAtTheNextLaunch) {
  TrainUi ui;
  leave_run(view, ui);
  EXPECT_EQ(ui.left, "");
  begin_training();
  leave_run(view, ui);
  EXPECT_EQ(ui.left, "runs/1");

  View later;
  RunSummary run;
  run.folder = "runs/2";
  recall_run(run, later, ui);
  EXPECT_TRUE(later.log.empty());
  run.folder = "runs/1";
  run.step = 1234;
  for (int i = 0; i < 2; ++i) recall_run(run, later, ui);
  ASSERT_EQ(later.log.size(), 1u);
  EXPECT_EQ(later.log[0].count, 1);
  EXPECT_EQ(later.log[0].text,
            "The run in runs/1 was saved at step 1,234 when the program was closed. Runs (F4) goes "
            "on with it.");
}

TEST_F(Notes, ARunThatEndedIsNotLeft) {
  begin_training();
  apply({5, TrainingDone{"runs/1", 1200, false, ""}}, view);
  TrainUi ui;
  ui.left = "runs/0";
  leave_run(view, ui);
  EXPECT_EQ(ui.left, "");
}

TEST_F(Notes, AFailureIsFoundByItsJob) {
  for (JobId job = 1; job <= 40; ++job)
    apply({job, Failed{"Opening a model", text_of("No ", job, ".")}}, view);
  EXPECT_EQ(view.failures.size(), kMaxFailures);
  ASSERT_TRUE(failure_of(view, 40));
  EXPECT_EQ(failure_of(view, 40)->message, "No 40.");
  EXPECT_FALSE(failure_of(view, 1));
  EXPECT_FALSE(failure_of(view, 41));
  apply({kNoJob, Failed{"Starting", "No."}}, view);
  EXPECT_FALSE(failure_of(view, kNoJob));
}

}  // namespace
}  // namespace stepwise::app
