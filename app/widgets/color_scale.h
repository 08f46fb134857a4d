// Which value a color stands for, in a corner of a picture. Window thread only.
#pragma once

#include <imgui.h>

#include "widgets/canvas.h"
#include "widgets/picture_renderer.h"

namespace stepwise::app {

// In the scale that has a middle: what lies below it, and above.
inline constexpr ImU32 kBelow = IM_COL32(26, 92, 184, 255), kAbove = IM_COL32(194, 59, 46, 255);

// A bar from the lowest value to the highest that are told apart. Nothing for a picture shown as it
// is, with values in [-1, 1], and where the picture is too small for it.
void draw_scale(ImDrawList& list, const Shown& shown, const Rect& picture);

// A bar in the colors of that scale from its middle at the left to its highest value.
void draw_strengths(ImDrawList& list, ImVec2 min, ImVec2 max);

}  // namespace stepwise::app
