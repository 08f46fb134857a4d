// The colors of noise levels: the same on a picture, on a ruler and beside a number. Window thread
// only.
#pragma once

#include <imgui.h>

namespace stepwise::app {

// Equal ratios of levels are equal steps on the way from violet to yellow.
ImU32 level_color(double sigma);

// A bar in the colors from `low` at its left end to `high`: equal ratios, or equal differences, are
// equally wide.
void level_bar(ImDrawList& list, ImVec2 min, ImVec2 max, double low, double high,
               bool logarithmic = true);

}  // namespace stepwise::app
