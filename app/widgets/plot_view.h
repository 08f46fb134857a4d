// How one plot is looked at: which axes are logarithmic, what part of them is shown. Plain values,
// kept between frames by whoever shows the plot.
#pragma once

#include <optional>

#include "widgets/axis.h"

namespace stepwise::app {

struct PlotView {
  bool log_x = false;
  bool log_y = false;
  std::optional<Axis> x = {}, y = {};  // Zoomed to; nothing: all there is.

  bool boxing = false;         // A box is being dragged, from here
  float box_x = 0, box_y = 0;  //   in pixels of the screen.
};

}  // namespace stepwise::app
