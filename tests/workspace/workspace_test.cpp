// What the whole window shows.
#include <gtest/gtest.h>

#include "workspace_fixture.h"

namespace stepwise::app {
namespace {

TEST_F(Workspace, TheCanvasShowsTheGuessUnderThePlayhead) {
  EXPECT_EQ(stage.canvas().shown.plus, lookup(stage.view, 0, 4, 0).guess);
  EXPECT_FALSE(stage.canvas().shown.minus);
}

TEST_F(Workspace, EveryWorkspaceAndOverlayDrawsInAWindowOfAnySize) {
  for (const ImVec2 size :
       {ImVec2{1280, 800}, ImVec2{400, 300}, ImVec2{3840, 2160}, ImVec2{1, 1}}) {
    ImGui::GetIO().DisplaySize = size;
    for (const WorkspaceInfo& each : kWorkspaces) {
      stage.ui.workspace = each.id;
      stage.ui.help = stage.ui.log.open = true;
      stage.frame();
    }
  }
  SUCCEED();
}

TEST_F(Workspace, TheBrushsPictureStaysInSightAndIsAWayBackToIt) {
  stage.key(Key::function(2));
  stage.frame();
  ASSERT_EQ(stage.gui.pictures.calls.size(), 1u);
  EXPECT_EQ(stage.gui.pictures.calls[0].shown.plus, lookup(stage.view, 0, 4, 0).guess);
  stage.click_picture(lookup(stage.view, 0, 4, 0).guess);
  EXPECT_EQ(stage.ui.workspace, "paint");
}

TEST_F(Workspace, TheNewestGalleryStaysInSightWhileTheRunGoesOn) {
  fill_with_news();
  const Pictures newest = stage.view.training.galleries.back().pictures;
  for (const char* id : {"paint", "lab", "runs"}) {
    stage.ui.workspace = id;
    stage.frame();
    stage.frame();
    stage.click_picture({newest, 1});
    EXPECT_EQ(stage.ui.workspace, "train") << id;
  }
}

TEST_F(Workspace, BranchesKeepTheNamesOfTheirOwnModelsClasses) {
  ModelOpened other;
  other.id = 1000;
  other.class_names = {"zero"};
  apply({1000, other}, stage.view);
  const BranchStarted& start = stage.view.branches[0].start;
  EXPECT_EQ(class_name(stage.view, start.model, {0}), "T-shirt");
  EXPECT_EQ(class_name(stage.view, 1000, {0}), "zero");
  apply({1001, ModelClosed{1000}}, stage.view);
  EXPECT_EQ(class_name(stage.view, 1000, {0}), "zero");  // Also when it is closed.
  EXPECT_EQ(class_name(stage.view, 1001, {0}), "class 0");
}

TEST(EmptyWorkspace, DrawsBeforeAnythingHasCome) {
  HeadlessImGui gui;
  gui.own_window = false;
  const View view;
  Ui ui;
  Commands out;
  gui.frame([&] { workspace(view, ui, gui.pictures, out); });
  EXPECT_TRUE(out.empty());
}

TEST_F(Workspace, IsSettledOnceEverythingAskedForIsAnswered) {
  EXPECT_TRUE(settled(stage.view, stage.ui));
  begin_job(1000000, stage.view);
  EXPECT_FALSE(settled(stage.view, stage.ui));
  apply({1000000, Failed{"Opening a model", "There is none."}}, stage.view);
  EXPECT_TRUE(settled(stage.view, stage.ui));
}

}  // namespace
}  // namespace stepwise::app
