// A line that is drawn with the mouse: held down, it takes the points that it passes along. Window
// thread; sizes in pixels.
#pragma once

#include <imgui.h>

#include <span>
#include <string>

#include "widgets/axis.h"

namespace stepwise::app {

struct HandPlot {
  std::string title;  // With the unit of y.
  std::string x_name;
  Axis x, y;
  std::span<double> values;  // Of y, at even distances from one end of x to the other; two or more.
  // Values to mark on the line, at even distances likewise; empty: none.
  std::span<const double> marked = {};
};

// True when the mouse has changed values, which stay on the axis of y.
bool draw_by_hand(const char* id, ImVec2 size, const HandPlot& plot, const char* help);

}  // namespace stepwise::app
