// Every tool, with the mouse and its key.
#include <gtest/gtest.h>

#include "press_in.h"
#include "view/layers.h"
#include "view/moving.h"
#include "view/trees.h"
#include "workspace_fixture.h"

namespace stepwise::app {
namespace {

class ToolsOfTheWorkspace : public Workspace {
 protected:
  // The mouse stands on whole points of the screen, so it may miss the middle of a pixel.
  ToolsOfTheWorkspace() { stage.ui.brush = {1, 2, 0}; }

  const Layers& layers() {
    static const Layers kNone;
    const Painting* painting = painting_here(stage.view, stage.ui);
    return painting ? painting->layers : kNone;
  }
  Image guess() const {
    const Playhead& at = stage.ui.playhead;
    return image_of(lookup(stage.view, at.branch, at.step, at.picture).guess);
  }
  Image painted_guess() const { return image_of(stage.ui.painted.guess); }
  void click(float x, float y) { stage.gui.click(stage.on_canvas(x, y), stage.draw()); }
  void press(const char* label, const char* part) {
    press_in(stage.gui, part, label, stage.draw());
  }
};

TEST_F(ToolsOfTheWorkspace, ALineIsStraightFromPressToRelease) {
  stage.key('U');
  stage.stroke(3.5f, 4.5f, 10.5f, 4.5f);
  ASSERT_EQ(layers().size(), 1u);
  EXPECT_EQ(std::get<Stroke>(layers()[0].shape).path.size(), 2u);
  for (int x = 3; x <= 10; ++x) EXPECT_EQ(painted_guess().at(4, x), 1) << x;
}

TEST_F(ToolsOfTheWorkspace, WithShiftTheBrushGoesStraightFromWhereTheLastStrokeEnded) {
  click(3.5f, 20.5f);
  ImGui::GetIO().KeyShift = true;
  click(3.5f, 10.5f);
  ImGui::GetIO().KeyShift = false;
  ASSERT_EQ(layers().size(), 2u);
  for (int y = 10; y <= 20; ++y) EXPECT_EQ(painted_guess().at(y, 3), 1) << y;
}

TEST_F(ToolsOfTheWorkspace, ARectangleAndALassoAreFilledInside) {
  stage.key('M');
  stage.stroke(2, 3, 6, 5);
  ASSERT_EQ(layers().size(), 1u);
  EXPECT_NEAR(painted_guess().at(4, 3), 1, 1e-6);
  EXPECT_EQ(painted_guess().at(8, 3), guess().at(8, 3));
  stage.key('O');
  stage.gui.move(stage.on_canvas(20, 20), stage.draw());
  stage.gui.button(0, true, stage.draw());
  for (const ImVec2 p : {ImVec2{26, 20}, ImVec2{26, 26}, ImVec2{20, 26}})
    stage.gui.move(stage.on_canvas(p.x, p.y), stage.draw());
  stage.gui.button(0, false, stage.draw());
  ASSERT_EQ(layers().size(), 2u);
  EXPECT_NEAR(painted_guess().at(22, 22), 1, 1e-6);
}

TEST_F(ToolsOfTheWorkspace, APressWithoutADragMakesNoRectangle) {
  stage.key('M');
  click(5, 5);
  EXPECT_FALSE(painting_here(stage.view, stage.ui));
  EXPECT_FALSE(stage.ui.stroke);
}

TEST_F(ToolsOfTheWorkspace, AFillGoesAsFarAsThePictureIsAlike) {
  stage.key('I');
  stage.ui.tolerance = 0.05f;
  click(1.5f, 1.5f);
  ASSERT_EQ(layers().size(), 1u);
  const Image& mask = std::get<Mask>(layers()[0].shape).coverage;
  for (int y = 0; y < 28; ++y)
    for (int x = 0; x < 28; ++x)
      if (mask.at(y, x) > 0) {
        EXPECT_LE(std::abs(guess().at(y, x) - guess().at(1, 1)), 0.05f);
      }
  EXPECT_EQ(mask.at(1, 1), 1);
  EXPECT_EQ(mask.at(14, 14), 0);
}

TEST_F(ToolsOfTheWorkspace, AGradientAndAllAreShapesOfLocksToo) {
  stage.key('K');
  stage.key('D');
  stage.stroke(0, 14, 28, 14);
  const Image mask = locked_by(layers(), 28, 28);
  EXPECT_GT(mask.at(14, 2), mask.at(14, 20));
  stage.key('A');
  click(5, 5);
  EXPECT_EQ(locked_by(layers(), 28, 28), Image(28, 28, 1, 1.f));
}

TEST_F(ToolsOfTheWorkspace, ASmudgeDragsWhatIsThere) {
  click(4.5f, 4.5f);
  stage.key('W');
  stage.stroke(4.5f, 4.5f, 9.5f, 4.5f);
  ASSERT_EQ(layers().size(), 2u);
  EXPECT_GT(painted_guess().at(4, 7), guess().at(4, 7) + 0.5f);
}

TEST_F(ToolsOfTheWorkspace, AStampPutsAnotherPictureThereFromWhereItWasPicked) {
  stage.key('S');
  stage.stroke(3.5f, 3.5f, 6.5f, 3.5f);
  EXPECT_FALSE(painting_here(stage.view, stage.ui));  // Nothing was picked.
  const Image other = image_of(lookup(stage.view, 0, 4, 2).guess);
  go_to(stage.view, stage.ui, 0, 4, 2);
  ImGui::GetIO().KeyAlt = true;
  click(14.5f, 14.5f);
  ImGui::GetIO().KeyAlt = false;
  ASSERT_TRUE(stage.ui.source);
  go_to(stage.view, stage.ui, 0, 4, 0);
  stage.ui.brush.size = 3;
  click(4.5f, 4.5f);
  ASSERT_EQ(layers().size(), 1u);
  EXPECT_NEAR(painted_guess().at(4, 4), other.at(14, 14), 2e-2f);
  // The layer has no more of the picture than it needs.
  EXPECT_LT(std::get<Stamp>(layers()[0].what).picture.width, 10);
}

TEST_F(ToolsOfTheWorkspace, AltPicksTheColorUnderTheMouse) {
  ImGui::GetIO().KeyAlt = true;
  click(14.5f, 14.5f);
  ImGui::GetIO().KeyAlt = false;
  EXPECT_FALSE(painting_here(stage.view, stage.ui));
  EXPECT_EQ(stage.ui.brush.color.in(0, 1), guess().at(14, 14));
}

TEST_F(ToolsOfTheWorkspace, WhatIsSelectedIsLiftedMovedAndTakenBack) {
  const Image before = guess();
  stage.key('V');
  stage.key('M');
  stage.stroke(10, 10, 16, 16);
  ASSERT_EQ(layers().size(), 2u);  // And what it leaves behind.
  ASSERT_TRUE(layer_in_hand(stage.view, stage.ui));
  stage.stroke(13, 13, 7, 13);
  EXPECT_NEAR(painted_guess().at(12, 6), before.at(12, 12), 1e-2f);
  EXPECT_EQ(painted_guess().at(25, 25), before.at(25, 25));
  stage.key('X');
  EXPECT_TRUE(std::get<Stamp>(layers().back().what).at.flipped);
  stage.key('Z', true);
  stage.key('Z', true);
  ASSERT_EQ(layers().size(), 2u);
  EXPECT_EQ(std::get<Polygon>(layers().back().shape).corners[0].x,
            std::get<Polygon>(layers().front().shape).corners[0].x);
  stage.key('Z', true);
  EXPECT_FALSE(painting_here(stage.view, stage.ui));
}

TEST_F(ToolsOfTheWorkspace, ACornerScalesAndTheKnobTurnsWhatIsInHand) {
  stage.key('V');
  stage.key('M');
  stage.stroke(10, 10, 16, 16);
  stage.stroke(16, 16, 19, 19);
  EXPECT_NEAR(std::get<Stamp>(layers().back().what).at.scale, 2, 0.1);
  const Bounds bounds = bounds_in_hand(*layer_in_hand(stage.view, stage.ui));
  const float pixel = stage.on_canvas(1, 0).x - stage.on_canvas(0, 0).x;
  const Point knob = turning_handle(bounds, px(7) / pixel);
  stage.stroke(knob.x, knob.y, 25, 13);  // To the right of the middle.
  EXPECT_NEAR(std::get<Stamp>(layers().back().what).at.turn, 1.5708f, 0.02);
}

TEST_F(ToolsOfTheWorkspace, DeleteTakesTheLayerInHandNotTheBranch) {
  stage.key('V');
  stage.key('M');
  stage.stroke(10, 10, 16, 16);
  stage.key(ImGuiKey_Delete);
  EXPECT_EQ(layers().size(), 1u);
  EXPECT_EQ(stage.view.branches.size(), 1u);
  EXPECT_TRUE(is_there(stage.view, stage.ui, 0));
}

TEST_F(ToolsOfTheWorkspace, StrengthIsHowOpaqueAStrokeIs) {
  stage.ui.brush.strength = 0.5f;
  click(4.5f, 4.5f);
  const float was = guess().at(4, 4);
  EXPECT_NEAR(painted_guess().at(4, 4), was + 0.5f * (1 - was), 1e-6);
}

TEST_F(ToolsOfTheWorkspace, BracketsChangeTheBrushOfTheToolInHand) {
  stage.key('K');
  const float paint = stage.ui.brush.size, mask = stage.ui.mask_brush.size;
  stage.key(']');
  EXPECT_EQ(stage.ui.mask_brush.size, mask + 1);
  EXPECT_EQ(stage.ui.brush.size, paint);
  stage.key(']', false, true);
  EXPECT_GT(stage.ui.mask_brush.softness, 0);
  stage.key('B');
  stage.key(']');
  EXPECT_EQ(stage.ui.brush.size, paint + 1);
}

TEST_F(ToolsOfTheWorkspace, AHiddenLayerIsNotSeenUntilItIsShownAgain) {
  click(4.5f, 4.5f);
  change_layers(stage.view, stage.ui, with_toggled(layers(), 0), "hiding of a layer", stage.asked);
  EXPECT_FALSE(stage.ui.painted.guess);
  stage.key('Z', true);
  EXPECT_EQ(painted_guess().at(4, 4), 1);
}

TEST_F(ToolsOfTheWorkspace, OtherLayersOfABranchDrawItAgainInItsPlace) {
  click(4.5f, 4.5f);
  click(20.5f, 20.5f);
  stage.key('R');
  stage.frame();
  ASSERT_EQ(stage.view.branches.size(), 2u);
  const Branch& first = stage.view.branches.back();
  const BranchId old = first.start.id;
  ASSERT_TRUE(has_layers(first));
  go_to(stage.view, stage.ui, old, 6, 0);
  Commands out;
  change_branch_layers(stage.view, stage.ui, first, without(first.start.layers, 1), out);
  ASSERT_EQ(out.size(), 1u);
  stage.ask(out.front());
  stage.frame();
  const BranchId now = stage.ui.playhead.branch;
  EXPECT_NE(now, old);
  EXPECT_EQ(stage.ui.playhead.step, 6);
  EXPECT_EQ(find_branch(stage.view, now)->start.layers.size(), 1u);
  EXPECT_FALSE(is_there(stage.view, stage.ui, old));
  EXPECT_EQ(tree_of(stage.view, stage.ui, now).size(), 2u);
  stage.key('Z', true);
  EXPECT_TRUE(is_there(stage.view, stage.ui, old));
  EXPECT_FALSE(is_there(stage.view, stage.ui, now));
  EXPECT_EQ(stage.ui.playhead.branch, old);
}

TEST_F(ToolsOfTheWorkspace, WhatIsPaintedWhileTheMouseMovesIsWhatAllLayersMake) {
  stage.ui.brush.size = 4;
  stage.stroke(3, 3, 9, 9);
  stage.key('W');
  stage.stroke(5, 5, 15, 5);
  stage.key('B');
  stage.stroke(15, 5, 5, 15);
  EXPECT_EQ(painted_guess(), painted(guess(), layers(), Surface::kGuess));
}

}  // namespace
}  // namespace stepwise::app
