// The ruler with two thumbs.
#include <gtest/gtest.h>

#include <cmath>

#include "headless_imgui.h"
#include "widgets/form.h"

namespace stepwise::app {
namespace {

class RangeRuler : public testing::Test {
 protected:
  auto draw() {
    return [this] {
      changed = range_row("Noise levels", lo, hi, {0.001, 1000}, "Where it starts and ends.");
      min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
    };
  }
  // Where a value lies on the track.
  ImVec2 at(double value) const {
    const double share = std::log(value / 0.001) / std::log(1e6);
    const double inset = 2 + double(ImGui::GetStyle().GrabMinSize) / 2;
    const float height = ImGui::GetFrameHeight();
    return {float(min.x + inset + (max.x - min.x - 2 * inset) * share), min.y + height + 8};
  }
  void drag(ImVec2 from, ImVec2 to) {
    gui.move(from, draw());
    gui.button(0, true, draw());
    gui.move(to, draw());
    gui.button(0, false, draw());
  }
  void frames(int count) {
    for (int i = 0; i < count; ++i) gui.frame(draw());
  }
  // Into the field that has just been opened.
  void type(const char* number) {
    frames(3);
    EXPECT_TRUE(ImGui::GetIO().WantTextInput);
    ImGui::GetIO().AddInputCharactersUTF8(number);
    frames(2);
    gui.key(ImGuiKey_Enter, draw());
  }
  ImGuiID id(const char* label) { return ImGui::FindWindowByName("test")->GetID(label); }

  HeadlessImGui gui{{400, 300}};
  double lo = 0.01, hi = 20;
  bool changed = false;
  ImVec2 min, max;
};

TEST_F(RangeRuler, EachThumbFollowsTheMouseAlone) {
  frames(2);
  drag(at(0.01), at(0.1));
  EXPECT_NEAR(std::log10(lo), -1, 0.03);
  EXPECT_EQ(hi, 20);
  drag(at(20), at(100));
  EXPECT_NEAR(std::log10(hi), 2, 0.03);
  EXPECT_NEAR(std::log10(lo), -1, 0.03);
}

TEST_F(RangeRuler, NoThumbPassesTheOther) {
  frames(2);
  drag(at(0.01), {4000, at(1).y});
  EXPECT_EQ(lo, 20);
  EXPECT_EQ(hi, 20);
  drag(at(25), {4000, at(1).y});
  EXPECT_DOUBLE_EQ(hi, 1000);
  drag(at(900), {-4000, at(1).y});
  EXPECT_EQ(hi, 20);
  drag(at(15), {-4000, at(1).y});
  EXPECT_DOUBLE_EQ(lo, 0.001);
}

TEST_F(RangeRuler, APressTakesTheNearerThumbThere) {
  frames(2);
  drag(at(0.1), at(0.1));
  EXPECT_NEAR(std::log10(lo), -1, 0.03);
  EXPECT_EQ(hi, 20);
}

TEST_F(RangeRuler, ANumberAboveAThumbIsTyped) {
  frames(2);
  gui.click({at(20).x, min.y + 8}, draw());
  type("80");
  EXPECT_EQ(hi, 80);
  EXPECT_EQ(lo, 0.01);
}

TEST_F(RangeRuler, ATypedNumberStaysOnItsSideOfTheOther) {
  frames(2);
  gui.click({at(0.01).x, min.y + 8}, draw());
  type("500");
  EXPECT_EQ(lo, 20);
}

TEST_F(RangeRuler, ADoubleClickOnAThumbTypesItsNumber) {
  frames(2);
  gui.click(at(20), draw());
  gui.click(at(20), draw());
  type("40");
  EXPECT_EQ(hi, 40);
}

TEST_F(RangeRuler, ArrowsMoveTheThumbThatHasTheKeys) {
  ImGui::GetIO().ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  frames(2);
  gui.press("##Noise levels to", draw());
  ASSERT_EQ(ImGui::GetActiveID(), id("##Noise levels to"));
  gui.hold(ImGuiKey_RightArrow, true);
  frames(2);
  gui.hold(ImGuiKey_RightArrow, false);
  frames(1);
  EXPECT_GT(hi, 20);
  EXPECT_EQ(lo, 0.01);
}

TEST_F(RangeRuler, NumbersOfThumbsThatMeetStandBesideEachOther) {
  lo = hi = 1;
  frames(2);
  gui.click({at(1).x - 30, min.y + 8}, draw());
  type("0.5");
  EXPECT_EQ(lo, 0.5);
  EXPECT_EQ(hi, 1);
}

TEST_F(RangeRuler, AValueBelowTheRangeIsLeftAloneUntilItIsMoved) {
  lo = 0;
  frames(2);
  drag(at(20), at(100));
  EXPECT_EQ(lo, 0);
  drag(at(0.001), at(0.01));
  EXPECT_NEAR(std::log10(lo), -2, 0.03);
}

}  // namespace
}  // namespace stepwise::app
