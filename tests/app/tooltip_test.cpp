#include <gtest/gtest.h>

#include "headless_imgui.h"
#include "widgets/controls.h"

namespace stepwise::app {
namespace {

// A column at one edge of the screen with a row and a button, as panels have them.
class Tooltip : public testing::Test {
 protected:
  Tooltip() { gui.own_window = false; }

  void draw() {
    ImGui::SetNextWindowPos({left, top});
    ImGui::SetNextWindowSize({width, height});
    ImGui::Begin("column", nullptr, ImGuiWindowFlags_NoDecoration);
    int changed = 0;
    begin_row("Steps");
    ImGui::SliderInt("##steps", &changed, 1, 10);
    row_min = ImGui::GetItemRectMin(), row_max = ImGui::GetItemRectMax();
    end_row("How many.");
    plain_button("Run", -1);
    button_min = ImGui::GetItemRectMin(), button_max = ImGui::GetItemRectMax();
    tooltip("Draws new pictures.", "R");
    plain_button("One step", -1);
    next_min = ImGui::GetItemRectMin(), next_max = ImGui::GetItemRectMax();
    ImGui::End();
  }

  void rest(ImVec2 at, double seconds) {
    const auto frame = [&] { draw(); };
    gui.move(at, frame);
    for (double t = 0; t < seconds; t += ImGui::GetIO().DeltaTime) gui.frame(frame);
  }

  // Where it is, if one is shown.
  static std::optional<ImRect> shown() {
    for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows)
      if ((window->Flags & ImGuiWindowFlags_Tooltip) && window->Active && !window->Hidden)
        return window->Rect();
    return std::nullopt;
  }

  static ImVec2 middle(ImVec2 min, ImVec2 max) {
    return {(min.x + max.x) / 2, (min.y + max.y) / 2};
  }

  HeadlessImGui gui;
  float left = 0, top = 40, width = 240, height = 600;
  ImVec2 row_min, row_max, button_min, button_max, next_min, next_max;
};

TEST_F(Tooltip, ComesOnceTheMouseHasRestedForHalfASecond) {
  gui.frame([&] { draw(); });
  rest(middle(button_min, button_max), 0.4);
  EXPECT_FALSE(shown());
  rest({button_min.x + 20, button_min.y + 5}, 0.4);  // Moved: the time starts again.
  EXPECT_FALSE(shown());
  rest({button_min.x + 20, button_min.y + 5}, 0.3);
  EXPECT_TRUE(shown());
  rest({600, 500}, 0.1);
  EXPECT_FALSE(shown());
}

TEST_F(Tooltip, StandsBesideItsColumnAndCoversNothingThatCouldBePressed) {
  for (const float at : {0.f, 1280.f - 240}) {
    left = at;
    gui.frame([&] { draw(); });
    rest(middle(button_min, button_max), 0.7);
    const auto box = shown();
    ASSERT_TRUE(box);
    EXPECT_FALSE(box->Overlaps({left, 40, left + width, 640}));
    EXPECT_GE(box->Min.x, 0);
    EXPECT_LE(box->Max.x, 1280);
    rest({600, 700}, 0.1);
  }
}

TEST_F(Tooltip, StandsAboveWhereThereIsNoRoomBeside) {
  width = 1280;
  gui.frame([&] { draw(); });
  rest({600, middle(button_min, button_max).y}, 0.7);
  const auto box = shown();
  ASSERT_TRUE(box);
  EXPECT_FALSE(box->Overlaps({button_min, button_max}));
  EXPECT_FALSE(box->Overlaps({next_min, next_max}));
}

TEST_F(Tooltip, StandsUnderTheMouseWhereItsWindowLeavesNoRoom) {
  top = 0, width = 1280, height = 800;
  gui.frame([&] { draw(); });
  const ImVec2 at{600, middle(row_min, row_max).y};
  rest(at, 0.7);
  const auto box = shown();
  ASSERT_TRUE(box);
  EXPECT_TRUE((ImRect{0, 0, 1280, 800}.Contains(*box)));
  EXPECT_FALSE(box->Contains(at));
  EXPECT_NEAR(box->Min.x, at.x, 1);
  EXPECT_NEAR(box->Min.y, at.y, 40);
}

TEST_F(Tooltip, OfARowIsThereForItsLabelAndItsControl) {
  gui.frame([&] { draw(); });
  EXPECT_NEAR(row_max.x, button_max.x, 1);  // The control ends where the column does.
  rest(middle(row_min, row_max), 0.7);
  EXPECT_TRUE(shown());
  rest({600, 700}, 0.1);
  rest({button_min.x + 10, middle(row_min, row_max).y}, 0.7);
  EXPECT_TRUE(shown());
}

}  // namespace
}  // namespace stepwise::app
