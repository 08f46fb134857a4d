// The row above a plot: all of it is there and inside, however narrow the plot is.
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "headless_imgui.h"
#include "widgets/plot.h"
#include "widgets/plot_frame.h"

namespace stepwise::app {
namespace {

// Where that color was drawn in the latest frame.
struct Drawn {
  ImVec2 min{INFINITY, INFINITY}, max{-INFINITY, -INFINITY};
  bool any() const { return min.x < max.x; }
};
Drawn drawn_in(ImU32 color) {
  Drawn all;
  const ImDrawData& data = *ImGui::GetDrawData();
  for (int i = 0; i < data.CmdListsCount; ++i)
    for (const ImDrawVert& v : data.CmdLists[i]->VtxBuffer) {
      if (v.col != color) continue;
      all.min = {std::min(all.min.x, v.pos.x), std::min(all.min.y, v.pos.y)};
      all.max = {std::max(all.max.x, v.pos.x), std::max(all.max.y, v.pos.y)};
    }
  return all;
}

class Legend : public testing::Test {
 protected:
  Legend() {
    plot.title = "Loss";
    const char* labels[] = {"each batch", "smoothed", "train", "held out"};
    for (int i = 0; i < 4; ++i)  // Nothing of a curve is seen, so the color is the legend's.
      plot.lines.push_back({.label = labels[i], .x = x, .y = y, .color = color(i)});
  }
  static ImU32 color(int i) { return IM_COL32(10 + i, 20, 30, 255); }
  void draw(float width) {
    gui.frame([&] {
      at = ImGui::GetCursorScreenPos();
      draw_plot("plot", {width, 300}, plot, view);
    });
  }

  HeadlessImGui gui;
  const std::array<double, 2> x{0, 1};
  const std::array<float, 2> y{NAN, NAN};
  Plot plot;
  PlotView view;
  bool large = false;
  ImVec2 at;  // Of the plot.
};

TEST_F(Legend, AllOfItIsInsideInAPlotOfAnyWidth) {
  for (const bool enlargeable : {false, true}) {
    plot.large = enlargeable ? &large : nullptr;
    for (const float width : {900.f, 460.f, 300.f, 225.f, 160.f}) {
      draw(width);
      for (int i = 0; i < 4; ++i) {
        const Drawn entry = drawn_in(color(i));
        ASSERT_TRUE(entry.any()) << i << " " << width;
        EXPECT_GE(entry.min.x, at.x) << i << " " << width;
        EXPECT_LE(entry.max.x, at.x + width) << i << " " << width;
      }
      EXPECT_LE(drawn_in(colors.dim).max.x, at.x + width + 2)
          << width;  // Its words and the mark, softened at its edge.
    }
  }
}

TEST_F(Legend, WhatHasNoRoomBesideTheTitleStandsBelowItAndThePlotBelowThat) {
  draw(900);
  EXPECT_LT(drawn_in(color(3)).max.y, at.y + 17);
  const float wide = drawn_in(colors.line).min.y;
  draw(225);
  EXPECT_GT(drawn_in(color(3)).min.y, at.y + 17);
  EXPECT_GE(drawn_in(colors.line).min.y, wide + 15);
  EXPECT_GT(drawn_in(colors.line).min.y, drawn_in(color(3)).max.y);
}

TEST_F(Legend, ATitleTooLongForItsPlotIsShortened) {
  plot.title = "Gradient norm, before clipping, of all parameters together";
  plot.lines.clear();
  plot.large = &large;
  draw(225);
  EXPECT_LE(drawn_in(colors.text).max.x, at.x + 225);
}

}  // namespace
}  // namespace stepwise::app
