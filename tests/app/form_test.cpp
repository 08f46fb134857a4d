#include "widgets/form.h"

#include <gtest/gtest.h>

#include "headless_imgui.h"

namespace stepwise::app {
namespace {

// Drags from inside the first row's control far beyond one end of the screen.
template <class Draw>
void drag(HeadlessImGui& gui, float from_x, float to_x, Draw draw) {
  gui.frame(draw);  // A window takes the mouse once it has been seen.
  gui.move({from_x, 24}, draw);
  gui.button(0, true, draw);
  gui.move({to_x, 24}, draw);
  gui.button(0, false, draw);
}

TEST(Form, SlidersStayWithinTheRangeOfTheirSetting) {
  HeadlessImGui gui({400, 300});
  int value = 10;
  const auto draw = [&] {
    slider_row("Steps", value, {1, 1000}, "%d steps", "How many.", true, kUnitWidth);
  };
  drag(gui, 130, 4000, draw);
  EXPECT_EQ(value, 1000);
  drag(gui, 130, -4000, draw);
  EXPECT_EQ(value, 1);
}

TEST(Form, AMissingPictureLeavesItsPlace) {
  HeadlessImGui gui;
  float empty = 0, full = 0;
  const Picture picture = picture_of(Image(2, 2, 1));
  gui.frame([&] {
    picture_tile(gui.pictures, {}, 64, "Clean", "");
    empty = ImGui::GetItemRectSize().y;
  });
  EXPECT_TRUE(gui.pictures.calls.empty());
  gui.frame([&] {
    Shown shown;
    shown.plus = picture;
    picture_tile(gui.pictures, shown, 64, "Clean", "Ankle boot");
    full = ImGui::GetItemRectSize().y;
  });
  ASSERT_EQ(gui.pictures.calls.size(), 1u);
  EXPECT_FLOAT_EQ(gui.pictures.calls[0].max.x - gui.pictures.calls[0].min.x, 64);
  EXPECT_FLOAT_EQ(empty, full);
}

// Types over what a seed field holds.
void type_seed(std::uint64_t& value, const char* words) {
  HeadlessImGui gui({600, 300});
  const auto draw = [&] { seed_row("Seed", value, "Where the noise comes from."); };
  gui.frame([&] {
    ImGui::SetKeyboardFocusHere();
    draw();
  });
  gui.frame(draw);
  ImGui::GetIO().AddInputCharactersUTF8(words);
  gui.frame(draw);
  gui.frame(draw);
}

TEST(Form, ASeedGoesUpToTheLargestOf64Bits) {
  std::uint64_t seed = 1;
  type_seed(seed, "18446744073709551615");
  EXPECT_EQ(seed, 18446744073709551615u);
}

TEST(Form, WhatIsNoSeedChangesNothing) {
  std::uint64_t seed = 7;
  type_seed(seed, "18446744073709551616");
  EXPECT_EQ(seed, 7u);
  type_seed(seed, "-3");
  EXPECT_EQ(seed, 3u);  // Only digits are taken.
}

}  // namespace
}  // namespace stepwise::app
