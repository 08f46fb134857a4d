#include "widgets/number_field.h"

#include <gtest/gtest.h>

#include "headless_imgui.h"
#include "widgets/controls.h"

namespace stepwise::app {
namespace {

TEST(ReadNumber, TakesWhatIsWithinTheRange) {
  EXPECT_EQ(read_number("25", Range<int>{1, 1000}).value, 25);
  EXPECT_EQ(read_number(" +25 steps", Range<int>{1, 1000}).value, 25);
  EXPECT_EQ(read_number("0.25", Range<double>{0, 1}).value, 0.25);
  EXPECT_EQ(read_number("0,25", Range<double>{0, 1}).value, 0.25);
  EXPECT_EQ(read_number("2e-3", Range<double>{0.001, 1000}).value, 0.002);
  EXPECT_EQ(read_number("2.5", Range<float>{0, 20}).value, 2.5f);
  EXPECT_EQ(read_number("2.6", Range<int>{1, 10}).value, 3);
}

TEST(ReadNumber, TakesTheNearestOfTheRangeForWhatIsBeyondIt) {
  const auto more = read_number("99999999999", Range<int>{1, 1000});
  EXPECT_EQ(more.typed, Typed::kMore);
  EXPECT_EQ(more.value, 1000);
  const auto less = read_number("-4", Range<double>{0.001, 1000});
  EXPECT_EQ(less.typed, Typed::kLess);
  EXPECT_EQ(less.value, 0.001);
}

TEST(ReadNumber, TakesNothingElse) {
  for (const char* words : {"", "steps", "nan", "inf", "1e999", "-"}) {
    EXPECT_EQ(read_number(words, Range<double>{0, 1}).typed, Typed::kNoNumber) << words;
    EXPECT_FALSE(read_number(words, Range<double>{0, 1}).value) << words;
  }
}

// A row as the panels have it: a number at the right edge of a window of 400 pixels.
class NumberField : public testing::Test {
 protected:
  auto draw() {
    return [this] {
      changes += slider_row("Steps", value, {1, 1000}, "%d steps", "How many.", true, kUnitWidth);
      min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
    };
  }
  void open() {
    gui.frame(draw());
    gui.click({370, 24}, draw());
    for (int i = 0; i < 3; ++i) gui.frame(draw());
  }
  void type(const char* words) {
    ImGui::GetIO().AddInputCharactersUTF8(words);
    gui.frame(draw());
    gui.frame(draw());
  }
  bool is_open() { return ImGui::GetIO().WantTextInput; }
  bool is_told() {
    for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows)
      if ((window->Flags & ImGuiWindowFlags_Tooltip) && window->Active && !window->Hidden)
        return true;
    return false;
  }

  HeadlessImGui gui{{400, 300}};
  int value = 18, changes = 0;
  ImVec2 min, max;
};

TEST_F(NumberField, APressOnTheNumberAndEnterTypeIt) {
  open();
  ASSERT_TRUE(is_open());
  type("250");
  EXPECT_EQ(value, 18);  // Not before Enter.
  gui.key(ImGuiKey_Enter, draw());
  EXPECT_EQ(value, 250);
  EXPECT_EQ(changes, 1);
  gui.frame(draw());
  EXPECT_FALSE(is_open());
}

TEST_F(NumberField, EscLeavesItAsItWas) {
  open();
  type("250");
  gui.key(ImGuiKey_Escape, draw());
  gui.frame(draw());
  EXPECT_FALSE(is_open());
  EXPECT_EQ(value, 18);
}

TEST_F(NumberField, APressElsewhereLeavesItAsItWas) {
  open();
  type("250");
  gui.click({200, 200}, draw());
  gui.frame(draw());
  gui.frame(draw());
  EXPECT_FALSE(is_open());
  EXPECT_EQ(value, 18);
}

TEST_F(NumberField, WhatIsOutOfRangeIsTakenAsItsEndAndSaid) {
  open();
  EXPECT_FALSE(is_told());
  type("5000");
  EXPECT_TRUE(is_told());
  gui.key(ImGuiKey_Enter, draw());
  EXPECT_EQ(value, 1000);
  EXPECT_TRUE(is_told());
  gui.move({200, 200}, draw());
  for (int i = 0; i < 240; ++i) gui.frame(draw());
  EXPECT_FALSE(is_told());
}

TEST_F(NumberField, CtrlAndAPressOnTheSliderTypeItToo) {
  gui.frame(draw());
  gui.move({150, 24}, draw());
  gui.hold(Key('A'), true, true);
  gui.button(0, true, draw());
  gui.button(0, false, draw());
  gui.hold(Key('A'), false, false);
  for (int i = 0; i < 3; ++i) gui.frame(draw());
  EXPECT_EQ(value, 18);
  ASSERT_TRUE(is_open());
  type("7");
  gui.key(ImGuiKey_Enter, draw());
  EXPECT_EQ(value, 7);
}

TEST_F(NumberField, ADragStillDrags) {
  gui.frame(draw());
  gui.move({150, 24}, draw());
  gui.button(0, true, draw());
  gui.move({5000, 24}, draw());
  gui.button(0, false, draw());
  EXPECT_EQ(value, 1000);
  EXPECT_FALSE(is_open());
}

TEST_F(NumberField, TheRowStaysAsLargeAsItWas) {
  gui.frame(draw());
  gui.frame(draw());
  const ImVec2 from = min, to = max;
  open();
  EXPECT_EQ(max.x, to.x);
  EXPECT_EQ(max.y, to.y);
  EXPECT_EQ(min.y, from.y);
}

}  // namespace
}  // namespace stepwise::app
