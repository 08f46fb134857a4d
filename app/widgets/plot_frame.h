// What all plots share: the title row with its legend, the grid and the numbers along the axes.
// Window thread.
#pragma once

#include <imgui.h>

#include <string>
#include <vector>

#include "widgets/plot_zoom.h"

namespace stepwise::app {

// A line, drawn as in the plot.
struct LegendEntry {
  std::string label;
  ImU32 color = 0;
  float width = 2;  // Points.
  bool dot = false;
};

// A word that says which of two ways something is shown; a press on it changes that.
struct PlotSwitch {
  bool* on = nullptr;  // nullptr: there is none.
  const char* id = "";
  const char *word_off = "", *word_on = "";  // What is on screen,
  const char *help_off = "", *help_on = "";  //   and what it means.
};
// Between a linear and a logarithmic axis.
PlotSwitch log_switch(const char* id, bool* log);

// How the axis below a plot is called and its numbers are written.
struct AxisNames {
  std::string x;
  std::string (*format_x)(double) = format_number;
};

// Takes a rectangle of `size` in the current window (0: all of its width) as one item, and gives it
// as corners.
struct PlotBox {
  ImVec2 min, max;
  float head = 0;  // Height of what stands above the plot itself.
};
PlotBox begin_plot(const char* id, ImVec2 size);
void end_plot(const PlotBox& box);

// The title at the left with a switch behind it, what the curves are at the right, in as many rows
// as that takes; the box has their height from then on. With `large`, the title and a mark at the
// right corner switch that.
void draw_title(PlotBox& box, const std::string& title, const std::vector<LegendEntry>& legend,
                const PlotSwitch& other_way, bool* large);

// The rectangle between title, numbers at the left and numbers below.
PlotArea inner_area(const PlotBox& box, const Axis& x, const Axis& y);

// Grid lines and numbers. With `log_x`, a word beside the name of x switches the axis.
void draw_axes(const PlotBox& box, const PlotArea& area, const AxisNames& names, bool* log_x);

// A field with a line of text in its middle, for a plot without anything in it.
void draw_empty(const PlotBox& box, const std::string& words);

// A tooltip with a heading and one value per row, aligned at the right.
struct HoverRow {
  std::string label;
  ImU32 color = 0;  // Of the dot before it; 0: none.
  std::string value;
};
void draw_hover(const std::string& heading, const std::vector<HoverRow>& rows);

}  // namespace stepwise::app
