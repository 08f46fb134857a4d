// A plot drawn with Dear ImGui's own lines: curves over a linear or log axis, with a grid, event
// marks, a legend and the values under the mouse. Knows nothing of what it shows. Thousands of
// points cost no more than the pixels they fall on. Window thread; sizes in pixels, x of every line
// rising.
#pragma once

#include <imgui.h>

#include <span>
#include <string>
#include <vector>

#include "widgets/plot_frame.h"
#include "widgets/plot_zoom.h"
#include "widgets/series.h"

namespace stepwise::app {

struct PlotLine {
  std::string label;  // In the legend and under the mouse; empty: in neither.
  std::span<const double> x;
  std::span<const float> y;
  ImU32 color = 0;
  float width = 1.5f;                          // In units of the interface scale.
  bool dots = false;                           // Marks every point, for series with few of them.
  std::span<const float> low = {}, high = {};  // A band around it, as many as y; empty: none.
};

// One point of its own.
struct PlotDot {
  double x = 0;
  float y = 0;
  ImU32 color = 0;
};

// Something that happened at x.
struct PlotMark {
  double x = 0;
  std::string label;
};

struct Plot {
  std::string title;  // With the unit of y.
  std::string x_name;
  Extent x = {};  // What is shown at the least where nobody has zoomed.
  std::vector<PlotLine> lines;
  std::vector<PlotDot> dots;
  std::vector<PlotMark> marks;
  std::string empty = "Nothing to show yet.";
  bool y_from_zero = false;  // On a linear axis.
  bool* large = nullptr;     // Whether it is shown enlarged; a press on the title changes that.
  std::string (*format_x)(double) = format_number;
};

// What a line says at the mouse: its point nearest in x.
struct PlotReading {
  std::string label;
  ImU32 color = 0;
  double x = 0;
  float y = 0;
};

// The readings of all lines that have a label, in their order; lines without a finite value there
// are left out.
std::vector<PlotReading> readings_at(const Plot& plot, const Axis& x, double at);

// The axes that show what `view` asks for.
PlotArea plot_axes(const Plot& plot, const PlotView& view);

// Draws the plot; a width of 0 takes all there is.
void draw_plot(const char* id, ImVec2 size, const Plot& plot, PlotView& view);

// One value per interval of x, with what it was before as a line across each bar.
struct BarPlot {
  std::string title;
  std::string x_name;
  std::span<const double> edges;  // One more than values, rising; of a logarithmic axis above 0.
  bool logarithmic = true;
  std::span<const float> values;
  std::span<const float> previous;  // Empty, or as many as values.
  std::string now = "now",
              before = "before";  // What the bars and the lines across them are called.
  // How often each place of x is met, as a share of the most: at even distances from one end of the
  // axis to the other; and what that is called. Empty: it is not shown.
  std::span<const float> shares;
  std::string shares_name;
  ImU32 color = 0;
  std::string empty = "Nothing to show yet.";
  PlotSwitch face = {};   // To what shows the same in another way, behind the title.
  bool* large = nullptr;  // As of a Plot.
};

// The bar over x; -1 where there is none.
int bar_at(const BarPlot& plot, double x);

void draw_bars(const char* id, ImVec2 size, const BarPlot& plot);

}  // namespace stepwise::app
