#include <gtest/gtest.h>

#include "panel_fixture.h"
#include "panels/panels.h"

namespace stepwise::app {
namespace {

class Shortcuts : public PanelTest {
 protected:
  Shortcuts() {
    ui.history.begin("stroke", -1).after.paintings = {Painting{{-1, 0, 0}, {}}};  // Here.
    ui.help = ui.log.open = true;
  }

  void draw() {
    shortcuts(view, ui, out);
    if (open_menu) ImGui::OpenPopup("menu");
    open_menu = false;
    if (!(menu_is_open = ImGui::BeginPopup("menu"))) return;
    ImGui::TextUnformatted("entry");
    ImGui::EndPopup();
  }
  void press(Key key, bool ctrl = false) {
    gui.key(
        key, [&] { draw(); }, ctrl);
  }

  bool painted() const { return !ui.history.now().paintings.empty(); }
  bool open_menu = false, menu_is_open = false;
};

TEST_F(Shortcuts, EscClosesWhatIsTopmostAndDropsThePaintingLast) {
  gui.frame([&] { draw(); });
  open_menu = true;
  gui.frame([&] { draw(); });
  gui.frame([&] { draw(); });
  ASSERT_TRUE(menu_is_open);
  press(ImGuiKey_Escape);
  EXPECT_FALSE(menu_is_open);
  EXPECT_TRUE(ui.help && ui.log.open && painted());
  press(ImGuiKey_Escape);
  EXPECT_FALSE(ui.help);
  EXPECT_TRUE(ui.log.open && painted());
  press(ImGuiKey_Escape);
  EXPECT_FALSE(ui.log.open);
  EXPECT_TRUE(painted());
  press(ImGuiKey_Escape);
  EXPECT_FALSE(painted());
}

TEST_F(Shortcuts, CtrlWithPlusMinusAndZeroChangesTheScaleOfTheWindow) {
  gui.frame([&] { draw(); });
  press(Key('='), true);
  EXPECT_GT(ui.scale, scale_in_use());
  press(Key('-'), true);
  EXPECT_LT(ui.scale, scale_in_use());
  press(Key('0'), true);
  EXPECT_EQ(ui.scale, 0);
  press(Key::pad('+'), true);
  EXPECT_GT(ui.scale, scale_in_use());
}

TEST_F(Shortcuts, TheScaleStaysWithinItsSteps) {
  for (int i = 0; i < 20; ++i) zoom_window(ui, -20);
  EXPECT_EQ(ui.scale, 0.75);
  for (int i = 0; i < 20; ++i) zoom_window(ui, 20);
  EXPECT_EQ(ui.scale, 3);
}

}  // namespace
}  // namespace stepwise::app
