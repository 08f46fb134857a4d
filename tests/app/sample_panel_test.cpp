#include <gtest/gtest.h>

#include "headless_imgui.h"
#include "panels/panels.h"

namespace stepwise::app {
namespace {

ByteBatch pictures() { return {1, 2, 2, 1, std::vector<std::uint8_t>(4)}; }

class SamplePanel : public testing::Test {
 protected:
  SamplePanel() {
    ModelOpened model;
    model.class_names = {"Trouser", "Bag"};
    model.defaults.steps = 12;
    apply({kNoJob, model}, view);
  }

  // A branch of six steps that stopped after `frames` frames.
  void paused_branch(int frames) {
    BranchStarted start;
    start.id = 3;
    start.pictures = {0};
    start.conditions = {{0}};
    start.sigmas = {20, 10, 5, 2, 1, 0.5, 0};
    apply({7, start}, view);
    for (int k = 0; k < frames; ++k) apply({7, FrameReady{3, k, pictures()}}, view);
    apply({7, Finished{0.1, true}}, view);
    ui.playhead.branch = 3;
  }

  void press(const char* label) {
    gui.press(label, [&] { sample_panel(view, ui, gui.pictures, out); });
  }

  void wait_a_second() {
    for (int i = 0; i < 60; ++i) gui.frame([&] { sample_panel(view, ui, gui.pictures, out); });
  }

  template <class T>
  T only() {
    EXPECT_EQ(out.size(), 1u);
    EXPECT_TRUE(!out.empty() && std::holds_alternative<T>(out[0].command));
    return out.empty() || !std::holds_alternative<T>(out[0].command) ? T{}
                                                                     : std::get<T>(out[0].command);
  }

  HeadlessImGui gui;
  View view;
  Ui ui;
  Commands out;
};

TEST_F(SamplePanel, RunPostsTheSettingsOnScreen) {
  ui.sample.steps = 7;
  ui.condition = Condition{1};
  press("Run");
  const Sample sample = only<Sample>();
  EXPECT_EQ(sample.settings, ui.sample);
  EXPECT_EQ(sample.until, -1);
}

TEST_F(SamplePanel, OneStepGoesOnByOneFrame) {
  paused_branch(3);
  press("One step");
  const auto go_on = only<Continue>();
  EXPECT_EQ(go_on.branch, 3);
  EXPECT_EQ(go_on.until, 3);  // Frames 0 to 2 are there.
}

TEST_F(SamplePanel, TheLastStepRunsToTheEnd) {
  paused_branch(6);
  press("One step");
  EXPECT_EQ(only<Continue>().until, -1);
}

TEST_F(SamplePanel, OneStepWithoutABranchIsTheFirstFrameOfANewTree) {
  press("One step");
  EXPECT_EQ(only<Sample>().until, 0);
}

TEST_F(SamplePanel, RunToThePlayheadGoesOnWhereTheBranchStopsBeforeIt) {
  paused_branch(2);
  ui.playhead.step = 4;
  press("To the playhead");
  EXPECT_EQ(only<Continue>().until, 4);
}

TEST_F(SamplePanel, RunToThePlayheadStartsAnewWhereTheBranchIsPastIt) {
  paused_branch(5);
  ui.playhead.step = 2;
  press("To the playhead");
  EXPECT_EQ(only<Sample>().until, 2);
}

TEST_F(SamplePanel, WhatRunsCanBeStopped) {
  paused_branch(2);
  apply({8, FrameReady{3, 2, pictures()}}, view);
  press("Stop");
  EXPECT_TRUE(out.empty());  // A moment ago the button was another one.
  wait_a_second();
  press("Stop");
  EXPECT_EQ(only<Cancel>().job, 8u);
}

TEST_F(SamplePanel, WhatWasStoppedContinuesToItsEnd) {
  paused_branch(2);
  wait_a_second();
  press("Continue");
  const auto go_on = only<Continue>();
  EXPECT_EQ(go_on.branch, 3);
  EXPECT_EQ(go_on.until, -1);
}

TEST_F(SamplePanel, TheButtonThatWasStopIsDeadForAMoment) {
  paused_branch(2);
  apply({8, FrameReady{3, 2, pictures()}}, view);
  wait_a_second();
  apply({8, Finished{0.1, true}}, view);
  press("Continue");
  EXPECT_TRUE(out.empty());
}

TEST_F(SamplePanel, SettingsOutOfRangeAreExplainedAndNotSent) {
  ui.sample.sigma_max = ui.sample.sigma_min;
  EXPECT_NE(trouble_with(ui.sample).find("sigma"), std::string::npos);
  press("Run");
  EXPECT_TRUE(out.empty());
}

TEST_F(SamplePanel, TheModelsDefaultsComeBack) {
  ui.sample.steps = 99;
  press("Model's defaults");
  EXPECT_EQ(ui.sample, view.models[0].defaults);
}

TEST_F(SamplePanel, AClassTheModelDoesNotKnowIsNotKept) {
  ui.condition = Condition{7};
  gui.frame([&] { sample_panel(view, ui, gui.pictures, out); });
  EXPECT_FALSE(ui.condition);
}

TEST_F(SamplePanel, WithoutANullClassThereIsNoGuidanceAndNoPictureWithoutAClass) {
  view.models[0].has_null_class = false;
  ui.sample.guidance = 3;
  ui.condition = Condition{};
  gui.frame([&] { sample_panel(view, ui, gui.pictures, out); });
  EXPECT_EQ(ui.sample.guidance, 1);
  EXPECT_FALSE(ui.condition);
}

TEST_F(SamplePanel, WithoutClassesThereIsNoGuidanceAndNothingToAskFor) {
  ModelOpened model = view.models[0];
  model.class_names.clear();
  apply({model.id, model}, view);
  ui.sample.guidance = 3;
  ui.condition = Condition{7};
  gui.frame([&] { sample_panel(view, ui, gui.pictures, out); });
  EXPECT_EQ(ui.sample.guidance, 1);
  EXPECT_FALSE(ui.condition);
  EXPECT_EQ(class_name(view, view.models[0].id, {}), "");
}

TEST_F(SamplePanel, NothingCanBeRunWithoutAModel) {
  view.models.clear();
  press("Run");
  EXPECT_TRUE(out.empty());
}

}  // namespace
}  // namespace stepwise::app
