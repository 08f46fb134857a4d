// What keys do in the whole window.
#include <gtest/gtest.h>

#include "workspace_fixture.h"

namespace stepwise::app {
namespace {

TEST_F(Workspace, ScrubbingWithKeysAndMouseAsksForNothing) {
  stage.key(ImGuiKey_Home);
  EXPECT_EQ(stage.ui.playhead.step, 0);
  stage.key(ImGuiKey_RightArrow);
  stage.key(ImGuiKey_RightArrow);
  stage.key(ImGuiKey_LeftArrow);
  EXPECT_EQ(stage.ui.playhead.step, 1);
  stage.key(ImGuiKey_End);
  EXPECT_EQ(stage.ui.playhead.step, 8);
  for (float x = 200; x < 1200; x += 40) stage.gui.click({x, 700}, stage.draw());
  EXPECT_TRUE(stage.asked.empty());
}

TEST_F(Workspace, AMoveThatLedToAPressDoesNotDragThePicture) {
  stage.gui.move({10, 10}, stage.draw());
  ImGui::GetIO().MousePos = stage.on_canvas(14, 14);
  stage.gui.button(2, true, stage.draw());
  EXPECT_EQ(stage.ui.camera.x, 0);
  EXPECT_EQ(stage.ui.camera.y, 0);
  stage.gui.move(stage.on_canvas(16, 14), stage.draw());
  EXPECT_NE(stage.ui.camera.x, 0);
  stage.gui.button(2, false, stage.draw());
}

TEST_F(Workspace, SpacePlaysUnlessItMovedThePicture) {
  stage.key(ImGuiKey_Space);
  EXPECT_TRUE(stage.ui.playhead.playing);
  EXPECT_TRUE(stage.ui.playhead.playing);
  stage.key(ImGuiKey_Space);
  EXPECT_FALSE(stage.ui.playhead.playing);

  const ImVec2 middle = stage.on_canvas(14, 14);
  stage.gui.hold(ImGuiKey_Space, true);
  stage.gui.move(middle, stage.draw());
  stage.gui.button(0, true, stage.draw());
  stage.gui.move({middle.x + 30, middle.y}, stage.draw());
  stage.gui.button(0, false, stage.draw());
  stage.gui.hold(ImGuiKey_Space, false);
  stage.frame();
  EXPECT_NE(stage.ui.camera.x, 0);
  EXPECT_FALSE(stage.ui.playhead.playing);
  EXPECT_TRUE(stage.asked.empty());
}

TEST_F(Workspace, NumberKeysChooseTheImageAndQShowsAllFour) {
  stage.key('1');
  EXPECT_EQ(stage.canvas().shown.plus, lookup(stage.view, 0, 4, 0).noisy);
  stage.key('3');
  EXPECT_TRUE(stage.canvas().shown.diverging);
  stage.key('Q');
  EXPECT_EQ(stage.ui.quantity, Quantity::kAll);
  stage.key('Q');
  EXPECT_EQ(stage.ui.quantity, Quantity::kGuess);
}

TEST_F(Workspace, UndoKeysTakeStrokesBackAndBringThemAgain) {
  stage.stroke(5.5f, 6.5f, 12.5f, 6.5f);
  const Image painted = image_of(stage.ui.painted.guess);
  stage.key('Z', true);
  EXPECT_FALSE(painting_here(stage.view, stage.ui));
  EXPECT_EQ(stage.canvas().shown.plus, lookup(stage.view, 0, 4, 0).guess);
  stage.key('Z', true, true);
  EXPECT_EQ(image_of(stage.ui.painted.guess), painted);
  stage.key('Z', true);
  stage.key('Y', true);
  EXPECT_EQ(image_of(stage.ui.painted.guess), painted);
}

TEST_F(Workspace, TheLockToolLocksWhatIsUnderTheMouseAndShowsIt) {
  stage.frame();
  const int before = ImGui::GetDrawData()->TotalVtxCount;
  stage.key('K');
  EXPECT_EQ(stage.ui.tool, Tool::kLock);
  stage.stroke(5.5f, 6.5f, 12.5f, 6.5f);
  ASSERT_TRUE(painting_here(stage.view, stage.ui));
  const Image mask = locked_by(painting_here(stage.view, stage.ui)->layers, 28, 28);
  EXPECT_EQ(mask.at(6, 9), 1);
  EXPECT_EQ(mask.at(20, 9), 0);
  stage.frame();
  EXPECT_GT(ImGui::GetDrawData()->TotalVtxCount, before + 4 * 8);  // A veil on each of its pixels.
  stage.key('R');
  stage.frame();
  EXPECT_EQ(stage.view.branches.back().start.layers.size(), 1u);
}

TEST_F(Workspace, RForksABranchFromThePaintedPictureAndShowsItsEnd) {
  stage.stroke(5.5f, 6.5f, 12.5f, 6.5f);
  const Layers layers = painting_here(stage.view, stage.ui)->layers;
  stage.key('R');
  ASSERT_EQ(stage.count_asked<Resample>(), 1);
  EXPECT_EQ(std::get<Resample>(stage.asked.back().command).fork.edit.layers, layers);
  ASSERT_EQ(stage.view.branches.size(), 2u);
  stage.frame();
  EXPECT_EQ(stage.ui.playhead.branch, 1);
  EXPECT_EQ(stage.canvas().shown.plus, lookup(stage.view, 1, 8, 0).guess);
}

TEST_F(Workspace, RInTheMiddleOfAStrokeTakesWhatIsPaintedSoFar) {
  const ImVec2 at = stage.on_canvas(5, 5);
  stage.gui.move(at, stage.draw());
  stage.gui.button(0, true, stage.draw());
  stage.key('R');
  stage.gui.button(0, false, stage.draw());
  EXPECT_EQ(stage.count_asked<Resample>(), 1);
}

TEST_F(Workspace, TheWheelZoomsAndFFitsAgain) {
  stage.gui.move(stage.on_canvas(3, 3), stage.draw());
  ImGui::GetIO().MouseWheel = 2;
  stage.frame();
  EXPECT_GT(stage.ui.camera.zoom, 1);
  stage.key('F');
  EXPECT_EQ(stage.ui.camera.zoom, 1);
}

TEST_F(Workspace, FunctionKeysAndTheTopBarChangeTheWorkspace) {
  for (const WorkspaceInfo& each : kWorkspaces) {
    stage.key(Key::function(each.key));
    EXPECT_EQ(stage.ui.workspace, each.id);
  }
  EXPECT_FALSE(stage.ui.help);
  stage.gui.press("Lab", stage.draw(), "top bar");
  EXPECT_EQ(stage.ui.workspace, "lab");
  EXPECT_TRUE(stage.asked.empty());
}

TEST_F(Workspace, KeysOfTheBrushWaitInOtherWorkspaces) {
  stage.stroke(5.5f, 6.5f, 12.5f, 6.5f);
  stage.key(Key::function(4));
  stage.key('R');
  stage.key('1');
  stage.key(ImGuiKey_Escape);
  EXPECT_EQ(stage.count_asked<Resample>(), 0);
  EXPECT_EQ(stage.ui.quantity, Quantity::kGuess);
  EXPECT_TRUE(painting_here(stage.view, stage.ui));
}

TEST_F(Workspace, TheLaneOfThePlayheadComesIntoView) {
  load_sizes();
  fork(9);
  for (int i = 0; i < 9; ++i) stage.key(ImGuiKey_UpArrow);
  ASSERT_EQ(stage.ui.playhead.branch, 0);
  stage.frame();
  stage.frame();
  EXPECT_TRUE(in_timeline(lookup(stage.view, 0, 8, 0).guess));
  for (int i = 0; i < 9; ++i) stage.key(ImGuiKey_DownArrow);
  stage.frame();
  stage.frame();
  EXPECT_TRUE(in_timeline(lookup(stage.view, 9, 8, 0).guess));
}

}  // namespace
}  // namespace stepwise::app
