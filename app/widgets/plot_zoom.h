// What a person does to a plot with the mouse: the wheel with Ctrl and a dragged box zoom, the
// other buttons pan, a double click shows everything again; the wheel alone scrolls the panel.
// Window thread.
#pragma once

#include <imgui.h>

#include <optional>

#include "widgets/axis.h"

namespace stepwise::app {

// How one plot is looked at: which axes are logarithmic, what part of them is shown. Kept between
// frames by whoever shows the plot.
struct PlotView {
  bool log_x = false;
  bool log_y = false;
  std::optional<Axis> x = {}, y = {};  // Zoomed to; nothing: all there is.

  bool boxing = false;         // A box is being dragged, from here
  float box_x = 0, box_y = 0;  //   in pixels of the screen.
};

// A rectangle on the screen that shows a piece of two axes.
struct PlotArea {
  ImVec2 min, max;
  Axis x, y;

  float width() const { return max.x - min.x; }
  float height() const { return max.y - min.y; }
  float pixel_x(double value) const { return min.x + width() * float(x.position(value)); }
  float pixel_y(double value) const { return max.y - height() * float(y.position(value)); }
  double position_x(float pixel) const { return (pixel - min.x) / width(); }
  double position_y(float pixel) const { return (max.y - pixel) / height(); }
  double value_x(float pixel) const { return x.value(position_x(pixel)); }
};

// Zooms to the box between two corners on the screen; a box too flat to be meant keeps the axis it
// is flat along, and a mere click changes nothing.
void zoom_to_box(const PlotArea& area, ImVec2 from, ImVec2 to, PlotView& view);

// Zooms the x axis by `notches` of the wheel around the mouse; y follows what is visible.
void zoom_by_wheel(const PlotArea& area, float mouse_x, float notches, PlotView& view);

// Puts an item over the area, acts on the mouse and draws the box being dragged. True while
// hovered.
bool plot_mouse(const PlotArea& area, PlotView& view);

}  // namespace stepwise::app
