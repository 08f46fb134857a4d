// Where one of two models hands over to the other, on the ruler of the timeline.
#include <gtest/gtest.h>

#include "view/trees.h"
#include "workspace_fixture.h"

namespace stepwise::app {
namespace {

class BorderOnRuler : public Workspace {
 protected:
  BorderOnRuler() {
    stage.view.models.front().boundaries = {1};
    stage.frame();
  }
  // A point at which the handle is taken; {0, 0} where there is none.
  ImVec2 handle() {
    const float y = 686;  // Of the ruler.
    for (float x = 100; x < 1270; x += 3) {
      stage.gui.move({x, y}, stage.draw());
      const ImGuiContext& gui = *ImGui::GetCurrentContext();
      for (ImGuiWindow* window : gui.Windows)
        if (gui.HoveredId != 0 && gui.HoveredId == window->GetID("border")) return {x + 6, y};
    }
    return {0, 0};
  }
  void drag(ImVec2 from, float by) {
    stage.gui.move(from, stage.draw());
    stage.gui.button(0, true, stage.draw());
    for (int i = 1; i <= 4; ++i) {
      stage.gui.move({from.x + by * float(i) / 4, from.y}, stage.draw());
      stage.frame();
      stage.frame();
    }
    stage.gui.button(0, false, stage.draw());
    stage.frame();
    stage.frame();
  }
};

TEST_F(BorderOnRuler, IsDraggedAndThePictureFollows) {
  const ImVec2 at = handle();
  ASSERT_GT(at.x, 0);
  const int step = stage.ui.playhead.step;
  drag(at, 150);
  EXPECT_GT(stage.ui.sample.border, 0);
  EXPECT_LT(stage.ui.sample.border, 1);
  const Branch& shown = *find_branch(stage.view, stage.ui.playhead.branch);
  EXPECT_EQ(shown.start.settings.border, stage.ui.sample.border);
  EXPECT_EQ(stage.ui.playhead.step, step);  // The press was not one for the playhead.
}

TEST_F(BorderOnRuler, StandsOnNoOtherModels) {
  stage.view.models.front().boundaries.clear();
  stage.frame();
  EXPECT_EQ(handle().x, 0);
}

}  // namespace
}  // namespace stepwise::app
