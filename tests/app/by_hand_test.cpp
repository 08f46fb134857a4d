// Lines that are drawn with the mouse, and the settings that they become.
#include "panels/by_hand.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "headless_imgui.h"
#include "settings/grid.h"
#include "settings/guidance.h"
#include "widgets/hand_plot.h"

namespace stepwise::app {
namespace {

using testing::ElementsAre;
using testing::FloatNear;

// The mouse over the only plot of a window.
class ByHand : public testing::Test {
 protected:
  // Finds the rectangle between the axes by a press in it, which draws: `drawn` is told of it, as a
  // share of the height.
  void find_area(const std::function<void()>& draw, const std::function<double()>& drawn) {
    gui.frame(draw);
    const ImVec2 place{200, 90};
    gui.move(place, draw);
    gui.button(0, true, draw);
    const ImVec2 offset = ImGui::GetCurrentContext()->ActiveIdClickOffset;
    gui.button(0, false, draw);
    min = {place.x - offset.x, place.y - offset.y};
    max.y = min.y + offset.y / float(1 - drawn());
    max.x = 400 - ImGui::GetStyle().WindowPadding.x;
  }
  static double other_than(double value, const std::vector<double>& values) {
    const auto found = std::ranges::find_if(values, [=](double each) { return each != value; });
    EXPECT_NE(found, values.end());
    return found == values.end() ? value : *found;
  }
  ImVec2 at(double x, double y) const {
    return {std::lerp(min.x, max.x, float(x)), std::lerp(max.y, min.y, float(y))};
  }
  void drag(ImVec2 from, ImVec2 to, const std::function<void()>& draw) {
    gui.move(from, draw);
    gui.button(0, true, draw);
    gui.move(to, draw);
    gui.button(0, false, draw);
  }

  HeadlessImGui gui{{400, 300}};
  ImVec2 min{}, max{};
};

class HandPlotMouse : public ByHand {
 protected:
  HandPlotMouse() {
    find_area(draw, [&] { return other_than(0.5, values); });
    values.assign(5, 0.5);
  }
  std::vector<double> values = std::vector<double>(5, 0.5);
  bool changed = false;
  std::function<void()> draw = [this] {
    changed = draw_by_hand(
        "plot", {0, 200}, {.title = "y", .x_name = "x", .x = {0, 4}, .y = {0, 1}, .values = values},
        "Draw.");
  };
};

TEST_F(HandPlotMouse, TakesThePointsItPassesAlongALine) {
  drag(at(0, 1), at(1, 0), draw);
  EXPECT_THAT(std::vector<float>(values.begin(), values.end()),
              ElementsAre(1, FloatNear(0.75f, 0.02f), FloatNear(0.5f, 0.02f),
                          FloatNear(0.25f, 0.02f), FloatNear(0, 0.02f)));
}

TEST_F(HandPlotMouse, LeavesTheOtherPointsAlone) {
  drag(at(0.5, 0.9), at(0.75, 0.9), draw);
  EXPECT_EQ(values[0], 0.5);
  EXPECT_EQ(values[1], 0.5);
  EXPECT_NEAR(values[2], 0.9, 0.02);
  EXPECT_NEAR(values[3], 0.9, 0.02);
  EXPECT_EQ(values[4], 0.5);
}

TEST_F(HandPlotMouse, DrawsNothingBeforeItIsPressed) {
  gui.move(at(0.5, 0.9), draw);
  EXPECT_FALSE(changed);
  EXPECT_EQ(values, std::vector<double>(5, 0.5));
}

TEST_F(HandPlotMouse, BeyondTheEdgesDrawsAtTheseAlone) {
  drag(at(0.5, 0.9), {5000, -5000}, draw);
  EXPECT_EQ(values[4], 1);
  drag(at(0.5, 0.9), {-5000, 5000}, draw);
  EXPECT_EQ(values[0], 0);
}

TEST(LevelsByHand, BeginWithTheLevelsThatThereWere) {
  SampleSettings settings;
  settings.steps = 9;
  const std::vector<double> before = sigma_grid(settings);
  settings.grid_shape = shape_of_levels(settings);
  settings.grid = GridKind::kDrawn;
  const std::vector<double> drawn = sigma_grid(settings);
  ASSERT_EQ(drawn.size(), before.size());
  for (std::size_t i = 0; i < drawn.size(); ++i) EXPECT_NEAR(drawn[i], before[i], 1e-9);
}

TEST(LevelsByHand, HaveAtMostSixteenPointsAndAtLeastTwo) {
  SampleSettings settings;
  settings.steps = 1000;
  EXPECT_EQ(shape_of_levels(settings).size(), 16u);
  settings.steps = 1;
  EXPECT_EQ(shape_of_levels(settings), (std::vector<double>{0, 1}));
}

class LevelsDrawn : public ByHand {
 protected:
  LevelsDrawn() {
    settings.grid = GridKind::kDrawn;
    settings.sigma_max = 16, settings.sigma_min = 1;
    settings.steps = 5;
    settings.grid_shape = {0, 0.25, 0.5, 0.75, 1};
    find_area(draw, [&] { return 1 - settings.grid_shape[2]; });
    EXPECT_NE(settings.grid_shape[2], 0.5);
    settings.grid_shape = {0, 0.25, 0.5, 0.75, 1};
  }
  SampleSettings settings;
  std::function<void()> draw = [this] { levels_by_hand(settings); };
};

TEST_F(LevelsDrawn, GoWhereTheMouseIs) {
  drag(at(0.5, 0.4), at(0.5, 0.4), draw);
  EXPECT_NEAR(settings.grid_shape[2], 0.6, 0.02);
  EXPECT_EQ(settings.grid_shape[1], 0.25);
  EXPECT_EQ(settings.grid_shape[3], 0.75);
}

TEST_F(LevelsDrawn, MakeWayForEachOtherAndAlwaysFall) {
  drag(at(0.5, 0.05), at(0.5, 0.05), draw);  // Far below what comes behind it.
  EXPECT_NEAR(settings.grid_shape[2], 0.95, 0.02);
  EXPECT_GT(settings.grid_shape[3], settings.grid_shape[2]);
  EXPECT_NO_THROW(check(settings));
  drag(at(0, -1), at(1, 2), draw);  // From the lowest level up to the highest.
  EXPECT_NO_THROW(check(settings));
  EXPECT_EQ(settings.grid_shape.front(), 0);
  EXPECT_EQ(settings.grid_shape.back(), 1);
}

class GuidanceDrawn : public ByHand {
 protected:
  GuidanceDrawn() {
    settings.guidance = 3;
    settings.guidance_min = 0.4, settings.guidance_max = 6;
  }
  SampleSettings settings;
  std::function<void()> draw = [this] { guidance_by_hand(settings); };
};

TEST_F(GuidanceDrawn, BeginsWithTheIntervalThatThereWas) {
  gui.press("##By hand", draw);
  ASSERT_FALSE(settings.guidance_shape.empty());
  for (const LevelShare& point : settings.guidance_shape)
    EXPECT_EQ(point.share, point.sigma >= 0.4 && point.sigma <= 6 ? 1 : 0) << point.sigma;
  EXPECT_NO_THROW(check(settings));
  gui.press("##By hand", draw);
  EXPECT_TRUE(settings.guidance_shape.empty());
}

TEST_F(GuidanceDrawn, IsDrawnOverTheLevels) {
  settings.guidance_shape = {{1, 0.5}};
  find_area(draw, [&] {
    std::vector<double> shares;
    for (const LevelShare& point : settings.guidance_shape) shares.push_back(point.share);
    return other_than(0.5, shares);
  });
  settings.guidance_shape = {{1, 0.5}};
  drag(at(0, 1), at(1, 0), draw);
  EXPECT_NEAR(guidance_of(settings).at(0.01), 3, 0.05);
  EXPECT_NEAR(guidance_of(settings).at(1), 2, 0.1);
  EXPECT_NEAR(guidance_of(settings).at(100), 1, 0.05);
}

}  // namespace
}  // namespace stepwise::app
