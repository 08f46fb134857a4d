// Numbers and the ruler of the settings under a mouse, in the whole window.
#include <gtest/gtest.h>

#include <cmath>

#include "item_finder.h"

namespace stepwise::app {
namespace {

class Typing : public testing::Test {
 protected:
  Typing() {
    ImGui::GetIO().DisplaySize = {1280, 1400};  // All settings are on screen.
    stage.sample();
    for (int i = 0; i < 2; ++i) stage.frame();
  }
  void drag(ImVec2 from, float by) {
    stage.gui.move(from, stage.draw());
    stage.gui.button(0, true, stage.draw());
    stage.gui.move({from.x + by, from.y}, stage.draw());
    stage.gui.button(0, false, stage.draw());
  }
  void type(const char* words) {
    for (int i = 0; i < 3; ++i) stage.frame();
    ImGui::GetIO().AddInputCharactersUTF8(words);
    for (int i = 0; i < 2; ++i) stage.frame();
    stage.key(ImGuiKey_Enter);
  }

  Stage stage;
};

TEST_F(Typing, ANumberOfTheSettingsIsTypedAfterAPressOnIt) {
  const ImVec2 slider = find_item(stage, "##Steps");
  ASSERT_GT(slider.x, 0);
  stage.gui.click({1280 - 30, slider.y}, stage.draw());
  type("31");
  EXPECT_EQ(stage.ui.sample.steps, 31);
  EXPECT_EQ(stage.count_asked<Resample>(), 0);  // Enter was the field's.
  stage.key('Z', true);
  EXPECT_EQ(stage.ui.sample.steps, 8);
}

TEST_F(Typing, KeysInAFieldDoNothingElse) {
  const ImVec2 slider = find_item(stage, "##Steps");
  stage.gui.click({1280 - 30, slider.y}, stage.draw());
  for (int i = 0; i < 3; ++i) stage.frame();
  const int step = stage.ui.playhead.step;
  stage.key(ImGuiKey_LeftArrow);
  EXPECT_EQ(stage.ui.playhead.step, step);
  stage.key(ImGuiKey_Escape);
  stage.frame();
  EXPECT_EQ(stage.ui.sample.steps, 8);
}

TEST_F(Typing, TheRulerOfNoiseLevelsIsDraggedByEitherThumb) {
  const ImVec2 from = find_item(stage, "##Noise levels from");
  const ImVec2 to = find_item(stage, "##Noise levels to");
  ASSERT_GT(from.x, 0);
  ASSERT_GT(to.x, from.x);
  const double least = stage.ui.sample.sigma_min, most = stage.ui.sample.sigma_max;
  drag(from, 0);
  const double pressed = stage.ui.sample.sigma_min;
  EXPECT_NE(pressed, least);
  EXPECT_EQ(stage.ui.sample.sigma_max, most);
  drag(to, 20);
  EXPECT_NE(stage.ui.sample.sigma_max, most);
  EXPECT_EQ(stage.ui.sample.sigma_min, pressed);
  stage.frame();
  EXPECT_EQ(stage.ui.history.undoable()->what, "change of sigma max");
}

TEST_F(Typing, TheRulerDrawsAgainWhereThatIsAskedFor) {
  stage.ui.draws_live = true;
  stage.frame();
  const ImVec2 to = find_item(stage, "##Noise levels to");
  drag(to, 20);
  for (int i = 0; i < 3; ++i) stage.frame();
  const Branch& shown = *find_branch(stage.view, stage.ui.playhead.branch);
  EXPECT_GT(shown.start.id, 0);
  EXPECT_DOUBLE_EQ(shown.start.sigmas.front(), stage.ui.sample.sigma_max);
}

}  // namespace
}  // namespace stepwise::app
