// A curve so small that it stands in a row of text: no axes, one point marked at its end. Window
// thread only.
#pragma once

#include <imgui.h>

#include <span>

#include "widgets/axis.h"

namespace stepwise::app {

// From corner to corner along x, which rises; `y` is where curves that stand below each other can
// be compared. Values that are not finite are passed over.
void sparkline(ImDrawList& list, ImVec2 min, ImVec2 max, std::span<const double> x,
               std::span<const float> values, const Axis& y, ImU32 color);

}  // namespace stepwise::app
