#include "widgets/plot.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <numeric>

#include "headless_imgui.h"

namespace stepwise::app {
namespace {

class PlotTest : public testing::Test {
 protected:
  PlotTest() : x(101), y(101) {
    std::iota(x.begin(), x.end(), 0);
    for (int i = 0; i <= 100; ++i) y[i] = float(i) / 10;
    plot.lines.push_back({.label = "loss", .x = x, .y = y});
  }
  void draw() { draw_plot("plot", {600, 300}, plot, view); }

  HeadlessImGui gui;
  std::vector<double> x;
  std::vector<float> y;
  Plot plot;
  PlotView view;
};

TEST_F(PlotTest, HoverReadsTheValueOfEveryLineAtItsNearestPoint) {
  const std::vector<double> sparse{0, 50};
  const std::vector<float> held_out{7, 8};
  plot.lines.push_back({.label = "held out", .x = sparse, .y = held_out});
  plot.lines.push_back({.label = "", .x = x, .y = y});
  const auto readings = readings_at(plot, {0, 100, false}, 33.4);
  ASSERT_EQ(readings.size(), 2u);
  EXPECT_EQ(readings[0].x, 33);
  EXPECT_FLOAT_EQ(readings[0].y, 3.3f);
  EXPECT_EQ(readings[1].label, "held out");
  EXPECT_FLOAT_EQ(readings[1].y, 8);
}

TEST_F(PlotTest, ShowsAllThereIsUntilItIsZoomed) {
  EXPECT_EQ(plot_axes(plot, view).x, (Axis{0, 100, false}));
  view.x = Axis{20, 40, false};
  const PlotArea area = plot_axes(plot, view);
  EXPECT_EQ(area.x, (Axis{20, 40, false}));
  EXPECT_NEAR(area.y.lo, 2, 0.1);  // The other axis follows what is visible.
  EXPECT_NEAR(area.y.hi, 4, 0.1);
}

TEST_F(PlotTest, BandsAndDotsAreWithinItsAxes) {
  const std::vector<float> low(101, -3), high(101, 40);
  plot.lines[0].low = low;
  plot.lines[0].high = high;
  plot.dots = {{120, 55, 0}};
  const PlotArea area = plot_axes(plot, view);
  EXPECT_DOUBLE_EQ(area.x.hi, 120);
  EXPECT_LE(area.y.lo, -3);
  EXPECT_GE(area.y.hi, 55);
  gui.frame([&] { draw(); });
}

TEST_F(PlotTest, ALogAxisStartsAtTheFirstValueItCanShow) {
  view.log_x = view.log_y = true;
  const PlotArea area = plot_axes(plot, view);
  EXPECT_DOUBLE_EQ(area.x.lo, 1);
  EXPECT_DOUBLE_EQ(area.x.hi, 100);
  EXPECT_GT(area.y.lo, 0);
}

// Turns the wheel over the plot, which lies at the top of a panel that is longer than its window.
void turn_wheel(HeadlessImGui& gui, float notches, std::function<void()> draw, bool ctrl) {
  const auto frame = [&] {
    ImGui::BeginChild("panel");
    draw();
    ImGui::Dummy({10, 2000});
    ImGui::EndChild();
  };
  gui.move({300, 150}, frame);
  gui.hold(Key(ImGuiKey_Home), true, ctrl);  // Any key will do.
  gui.move({310, 150}, frame);
  gui.frame(frame);
  ImGui::GetIO().MouseWheel = notches;
  gui.frame(frame);
  gui.frame(frame);
}

float scrolled() {
  for (ImGuiWindow* each : ImGui::GetCurrentContext()->Windows)
    if (std::string(each->Name).find("panel") != std::string::npos) return each->Scroll.y;
  return -1;
}

TEST_F(PlotTest, TheWheelWithCtrlZoomsAroundTheMouse) {
  turn_wheel(
      gui, 1, [&] { draw(); }, true);
  ASSERT_TRUE(view.x);
  EXPECT_NEAR(view.x->hi - view.x->lo, 80, 1e-6);
  EXPECT_FALSE(view.y);
  EXPECT_EQ(scrolled(), 0);
}

TEST_F(PlotTest, TheWheelAloneScrollsThePanel) {
  turn_wheel(
      gui, -1, [&] { draw(); }, false);
  EXPECT_FALSE(view.x || view.y);
  EXPECT_GT(scrolled(), 0);
}

TEST_F(PlotTest, AButtonShowsAllAgainWhileOnlyAPartIsShown) {
  const auto frame = [&] { draw(); };
  gui.frame(frame);
  const int before = ImGui::GetDrawData()->TotalVtxCount;
  view.x = Axis{20, 40, false};
  gui.frame(frame);
  EXPECT_NE(ImGui::GetDrawData()->TotalVtxCount, before);
  const float line = ImGui::GetTextLineHeight();
  gui.click({608 - 20, 308 - line - 4 - line / 2}, frame);  // Above the numbers, at the right.
  EXPECT_FALSE(view.x || view.y);
}

// The colors in the latest frame, and how many vertices have each.
std::map<ImU32, int> colors_drawn() {
  std::map<ImU32, int> counts;
  const ImDrawData& data = *ImGui::GetDrawData();
  for (int i = 0; i < data.CmdListsCount; ++i)
    for (const ImDrawVert& vertex : data.CmdLists[i]->VtxBuffer) ++counts[vertex.col];
  return counts;
}

TEST_F(PlotTest, TheLegendHasTheColorsOfTheLines) {
  plot.lines[0].color = IM_COL32(1, 2, 3, 255);
  gui.frame([&] { draw(); });
  const int alone = colors_drawn()[IM_COL32(1, 2, 3, 255)];
  plot.lines.push_back({.label = "held out", .x = x, .y = y, .color = IM_COL32(4, 5, 6, 255)});
  gui.frame([&] { draw(); });
  EXPECT_GT(colors_drawn()[IM_COL32(1, 2, 3, 255)], alone);
}

TEST_F(PlotTest, AMarkAtTheRightEdgeHasItsWordsInside) {
  const auto right_of = [&](ImU32 color) {
    float right = 0;
    const ImDrawData& data = *ImGui::GetDrawData();
    for (int i = 0; i < data.CmdListsCount; ++i)
      for (const ImDrawVert& vertex : data.CmdLists[i]->VtxBuffer)
        if (vertex.col == color) right = std::max(right, vertex.pos.x);
    return right;
  };
  plot.marks = {{99, "rate x 0.5"}};
  gui.frame([&] { draw(); });
  EXPECT_GT(right_of(colors.warning), 500);
  EXPECT_LE(right_of(colors.warning), 8 + 600);
}

TEST_F(PlotTest, ADraggedBoxBecomesTheViewAndADoubleClickBringsAllBack) {
  const auto frame = [&] { draw(); };
  gui.move({200, 100}, frame);
  gui.button(0, true, frame);
  gui.move({400, 200}, frame);
  gui.button(0, false, frame);
  ASSERT_TRUE(view.x && view.y);
  EXPECT_GT(view.x->lo, 0);
  EXPECT_LT(view.x->hi, 100);
  for (int i = 0; i < 2; ++i) gui.click({300, 150}, frame);
  EXPECT_FALSE(view.x || view.y);
}

TEST_F(PlotTest, AFlatBoxZoomsOneAxisAndAClickNone) {
  const PlotArea area{{0, 0}, {100, 100}, {0, 10, false}, {0, 1, false}};
  zoom_to_box(area, {20, 50}, {60, 52}, view);
  ASSERT_TRUE(view.x);
  EXPECT_NEAR(view.x->lo, 2, 1e-6);
  EXPECT_NEAR(view.x->hi, 6, 1e-6);
  EXPECT_FALSE(view.y);
  view = {};
  zoom_to_box(area, {20, 50}, {21, 51}, view);
  EXPECT_FALSE(view.x || view.y);
}

TEST_F(PlotTest, ZoomingInForeverStopsWhereNumbersEnd) {
  for (int i = 0; i < 1000; ++i)
    zoom_by_wheel({{0, 0}, {100, 100}, plot_axes(plot, view).x, {}}, 50, 10, view);
  ASSERT_TRUE(view.x);
  EXPECT_LT(view.x->lo, view.x->hi);
}

TEST_F(PlotTest, ALongCurveCostsNoMoreThanItsPixels) {
  x.resize(1000000);
  std::iota(x.begin(), x.end(), 0);
  y.resize(x.size());
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = float(i % 7);
  plot.lines[0] = {.label = "loss", .x = x, .y = y};
  gui.frame([&] { draw(); });
  EXPECT_LT(ImGui::GetDrawData()->TotalVtxCount, 20000);
}

TEST_F(PlotTest, AnEmptyOrBrokenSeriesIsDrawnAsNothing) {
  const auto frame = [&] { draw(); };
  plot.lines.clear();
  gui.move({300, 150}, frame);
  std::fill(y.begin(), y.end(), NAN);
  plot.lines.push_back({.label = "loss", .x = x, .y = y});
  for (const bool log : {false, true}) {
    view.log_x = view.log_y = log;
    gui.move({301, 150}, frame);
    gui.move({300, 150}, frame);
  }
  EXPECT_TRUE(readings_at(plot, {0, 100, false}, 3).empty());
}

TEST(PlotAxes, WhatIsShownAtTheLeastIsThereBeforeItsPointsAre) {
  const std::vector<double> at{1};
  const std::vector<float> value{2};
  Plot plot;
  plot.x = {0.01, 80};
  plot.lines = {{.label = "", .x = at, .y = value}};
  const PlotArea area = plot_axes(plot, {});
  EXPECT_DOUBLE_EQ(area.x.lo, 0.01);
  EXPECT_DOUBLE_EQ(area.x.hi, 80);
}

TEST(BarPlot, FindsTheBarUnderTheMouseAlsoBetweenOpenEnds) {
  const std::vector<double> edges{0, 0.1, 1, INFINITY};
  const std::vector<float> values{1, 2, 3};
  BarPlot plot;
  plot.edges = edges;
  plot.values = values;
  EXPECT_EQ(bar_at(plot, 0.05), 0);
  EXPECT_EQ(bar_at(plot, 0.1), 1);
  EXPECT_EQ(bar_at(plot, 5), 2);
  EXPECT_EQ(bar_at(plot, 50), -1);
  EXPECT_EQ(bar_at({}, 1), -1);
}

TEST(BarPlot, DrawsWithAndWithoutWhatWasBefore) {
  HeadlessImGui gui;
  const std::vector<double> edges{0.1, 1, 10};
  const std::vector<float> values{1, 2}, previous{2, NAN};
  BarPlot plot;
  plot.edges = edges;
  plot.values = values;
  const auto draw = [&] { draw_bars("bars", {400, 200}, plot); };
  gui.move({200, 100}, draw);
  const int before = ImGui::GetDrawData()->TotalVtxCount;
  plot.previous = previous;
  gui.move({201, 100}, draw);
  EXPECT_GT(ImGui::GetDrawData()->TotalVtxCount, before);
}

}  // namespace
}  // namespace stepwise::app
