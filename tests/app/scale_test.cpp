// How large the window is drawn, and where that is chosen.
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "headless_imgui.h"
#include "panels/panels.h"

namespace stepwise::app {
namespace {

TEST(UsualScale, IsThatOfTheScreenUpToTheSizeOfAUsualOne) {
  EXPECT_EQ(usual_scale(1, {640, 400}), 1);
  EXPECT_EQ(usual_scale(1, {1280, 800}), 1);
  EXPECT_EQ(usual_scale(1, {1920, 1080}), 1);
  EXPECT_EQ(usual_scale(2, {1280, 800}), 2);
  EXPECT_EQ(usual_scale(1, {5000, 1080}), 1);  // Wide, but no higher.
}

TEST(UsualScale, IsLargerWhereThereIsRoomForMore) {
  EXPECT_DOUBLE_EQ(usual_scale(1, {2560, 1440}), 1.2);
  EXPECT_DOUBLE_EQ(usual_scale(1, {2560, 1370}), 1.2);  // Between the bars of a desktop.
  EXPECT_DOUBLE_EQ(usual_scale(1, {3440, 1440}), 1.2);
  EXPECT_DOUBLE_EQ(usual_scale(1, {3840, 2160}), 2);
  EXPECT_DOUBLE_EQ(usual_scale(1, {3840, 2080}), 1.8);
  EXPECT_DOUBLE_EQ(usual_scale(1.5, {3840, 2160}), 1.8);  // The screen asks for the rest.
  EXPECT_DOUBLE_EQ(usual_scale(2, {3840, 2160}), 2);
}

TEST(UsualScale, ChangesRarelyWhileAnEdgeOfTheWindowIsDraggedAndKeepsTheTypeWhole) {
  std::set<double> scales;
  for (float width = 800; width <= 3840; ++width)
    scales.insert(usual_scale(1, {width, width * 9 / 16}));
  EXPECT_EQ(scales.size(), 6u);
  for (const double scale : scales) EXPECT_NEAR(scale * 15, std::round(scale * 15), 1e-9);
}

// The page of keys, with its choice of a size.
class SizeChoice : public testing::Test {
 protected:
  SizeChoice() {
    gui.own_window = false;
    ui.help = true;
    for (int i = 0; i < 3; ++i) gui.frame([&] { help_panel(ui); });
  }
  void choose(const char* name) {
    gui.press(
        "##size", [&] { help_panel(ui); }, "Help");
    gui.press(
        name, [&] { help_panel(ui); }, "Combo");
  }
  HeadlessImGui gui;
  Ui ui;
};

TEST_F(SizeChoice, IsAutomaticUntilOneIsChosenAndThenThatOne) {
  EXPECT_EQ(ui.scale, 0);
  choose("125 %");
  EXPECT_EQ(ui.scale, 1.25);
  choose("Automatic");
  EXPECT_EQ(ui.scale, 0);
}

}  // namespace
}  // namespace stepwise::app
