// Names of branches, and what a right click offers.
#include <gtest/gtest.h>

#include "stage.h"
#include "view/trees.h"

namespace stepwise::app {
namespace {

const ImVec2 kName{40, 700};  // Of the first lane.

class Names : public testing::Test {
 protected:
  Names() {
    stage.sample();
    stage.frame();
  }
  std::string name(BranchId id = 0) {
    return branch_name(stage.view, stage.ui, *find_branch(stage.view, id));
  }
  void double_click(ImVec2 at) {
    stage.gui.click(at, stage.draw());
    stage.gui.click(at, stage.draw());
    for (int i = 0; i < 3; ++i) stage.frame();
  }
  void type(const char* words) {
    ImGui::GetIO().AddInputCharactersUTF8(words);
    stage.frame();
  }
  void right_click(ImVec2 at) {
    stage.gui.move(at, stage.draw());
    stage.gui.button(1, true, stage.draw());
    stage.gui.button(1, false, stage.draw());
    stage.frame();
  }
  Stage stage;
};

TEST_F(Names, ADoubleClickAndEnterRenameAndUndoTakesItBack) {
  EXPECT_EQ(name(), "Sample");
  double_click(kName);
  ASSERT_EQ(stage.ui.timeline.renamed, 0);
  ASSERT_TRUE(ImGui::GetIO().WantTextInput);
  type("the red r");  // Keys are those of the field.
  EXPECT_EQ(stage.ui.timeline.name, "the red r");
  stage.key(ImGuiKey_Enter);
  EXPECT_EQ(name(), "the red r");
  EXPECT_EQ(stage.ui.timeline.renamed, -1);
  EXPECT_EQ(stage.ui.history.undoable()->what, "renaming");
  stage.frame();
  stage.key('Z', true);
  EXPECT_EQ(name(), "Sample");
  stage.key('Y', true);
  EXPECT_EQ(name(), "the red r");
}

TEST_F(Names, EscKeepsTheNameAndDropsNoPainting) {
  stage.stroke(5.5f, 6.5f, 12.5f, 6.5f);
  double_click(kName);
  type("other");
  stage.key(ImGuiKey_Escape);
  stage.frame();
  EXPECT_EQ(name(), "Sample");
  EXPECT_EQ(stage.ui.timeline.renamed, -1);
  EXPECT_FALSE(stage.ui.history.now().paintings.empty());
}

TEST_F(Names, APressElsewhereGivesTheNameThatWasTyped) {
  double_click(kName);
  type("mine");
  stage.gui.click({1200, 60}, stage.draw());
  stage.frame();
  EXPECT_EQ(name(), "mine");
}

TEST_F(Names, AnEmptyNameIsNone) {
  Commands out;
  rename_branch(stage.view, stage.ui, 0, "mine");
  rename_branch(stage.view, stage.ui, 0, "");
  EXPECT_EQ(name(), "Sample");
}

TEST_F(Names, ARightClickOnALaneOffersToRenameIt) {
  go_to(stage.view, stage.ui, 4);
  stage.ui.noise = NoiseSource::kFresh;
  stage.key('R');
  stage.frame();
  ASSERT_EQ(stage.view.branches.size(), 2u);
  go_to(stage.view, stage.ui, 0, 4, 0);
  stage.frame();
  right_click({900, 745});
  ASSERT_EQ(stage.ui.timeline.pointed, 1);
  EXPECT_EQ(stage.ui.playhead.branch, 0);
  stage.gui.press("Rename", stage.draw(), "##Popup");
  EXPECT_EQ(stage.ui.timeline.renamed, 1);
  EXPECT_EQ(stage.ui.playhead.branch, 1);
}

TEST_F(Names, ARightClickOnTheCanvasOffersLayersAndADragDoesNot) {
  const ImVec2 middle = stage.on_canvas(14, 14);
  right_click(middle);
  EXPECT_EQ(ImGui::GetCurrentContext()->OpenPopupStack.Size, 1);
  stage.gui.press("Noise", stage.draw(), "##Popup");
  EXPECT_EQ(stage.ui.quantity, Quantity::kNoise);
  stage.frame();
  EXPECT_EQ(ImGui::GetCurrentContext()->OpenPopupStack.Size, 0);

  stage.gui.move(middle, stage.draw());
  stage.gui.button(1, true, stage.draw());
  stage.gui.move({middle.x + 30, middle.y}, stage.draw());
  stage.gui.button(1, false, stage.draw());
  stage.frame();
  EXPECT_EQ(ImGui::GetCurrentContext()->OpenPopupStack.Size, 0);
  EXPECT_NE(stage.ui.camera.x, 0);
}

TEST_F(Names, ARightClickOnAPictureOfTheSheetIsOfThatPicture) {
  ImVec2 at{0, 0};  // The third picture, beside the canvas.
  for (const auto& call : stage.gui.pictures.calls)
    if (call.shown.plus.index == 2 && call.min.y < 640) at = {call.min.x + 4, call.min.y + 4};
  right_click(at);
  EXPECT_EQ(ImGui::GetCurrentContext()->OpenPopupStack.Size, 1);
  EXPECT_EQ(stage.ui.playhead.picture, 2);
}

}  // namespace
}  // namespace stepwise::app
