#include "view/desk.h"

#include <gtest/gtest.h>

#include "error.h"
#include "panels/ui.h"

namespace stepwise::app {
namespace {

ModelOpened model(const char* folder, GridKind grid) {
  ModelOpened opened;
  opened.folder = folder;
  opened.defaults.grid = grid;
  opened.defaults.steps = 50;
  return opened;
}

TEST(MeetModel, AModelWithItsOwnSchedulerBringsItsSettings) {
  Ui ui;
  adopt_model(model("ddpm", GridKind::kModel), ui);
  EXPECT_EQ(ui.sample.grid, GridKind::kModel);
  EXPECT_EQ(ui.sample.steps, 50);
}

TEST(MeetModel, TheSameModelAgainLeavesWhatTheUserChose) {
  Ui ui;
  adopt_model(model("ddpm", GridKind::kModel), ui);
  ui.sample.steps = 7;
  adopt_model(model("ddpm", GridKind::kModel), ui);
  EXPECT_EQ(ui.sample.steps, 7);
}

TEST(MeetModel, AfterItOurOwnComeWithTheirs) {
  Ui ui;
  adopt_model(model("ddpm", GridKind::kModel), ui);
  adopt_model(model("ours", GridKind::kKarras), ui);
  EXPECT_EQ(ui.sample.grid, GridKind::kKarras);
}

TEST(MeetModel, BetweenOurOwnNothingChanges) {
  Ui ui;
  adopt_model(model("one", GridKind::kKarras), ui);
  ui.sample.steps = 7;
  adopt_model(model("another", GridKind::kKarras), ui);
  EXPECT_EQ(ui.sample.steps, 7);
}

TEST(MeetModel, IsTheModelInUseFromThenOn) {
  Ui ui;
  ModelOpened opened = model("one", GridKind::kKarras);
  opened.id = 5;
  adopt_model(opened, ui);
  EXPECT_EQ(ui.model, 5u);
}

TEST(MeetModel, WhereTheOneInUseIsClosedTheNewestOfTheOthersIsUsed) {
  View view;
  Ui ui;
  for (const ModelId id : {5, 6, 7}) {
    ModelOpened opened = model(text_of("folder ", id).c_str(), GridKind::kKarras);
    opened.id = id;
    view.models.push_back(opened);
  }
  ui.model = 5;
  forget_model(view, ui);
  EXPECT_EQ(ui.model, 5u);
  view.models.erase(view.models.begin());
  forget_model(view, ui);
  EXPECT_EQ(ui.model, 7u);
  view.models.clear();
  forget_model(view, ui);
  EXPECT_EQ(ui.model, kNoModel);
}

TEST(MeetRun, TheSliderOfTheRateStandsWhereTheRunHasItAndNothingIsAsked) {
  Ui ui;
  ui.train.multiplier = 3;
  TrainingStarted run;
  run.multiplier = 0.5;
  adopt_run(run, ui.train);
  EXPECT_EQ(ui.train.multiplier, 0.5);
  EXPECT_EQ(ui.train.multiplier_asked, 0.5);
}

TEST(MeetModel, OfTwoTheBorderComesWithThemAndGoesWithThem) {
  Ui ui;
  ModelOpened both = model("", GridKind::kKarras);
  both.boundaries = {0.8};
  adopt_model(both, ui);
  EXPECT_EQ(ui.sample.border, 0.8);
  adopt_model(model("ours", GridKind::kKarras), ui);
  EXPECT_EQ(ui.sample.border, 0);
}

}  // namespace
}  // namespace stepwise::app
