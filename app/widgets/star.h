// The mark of a favourite. Window thread only.
#pragma once

#include <imgui.h>

namespace stepwise::app {

// Five points around a middle.
void draw_star(ImDrawList& list, ImVec2 middle, float radius, ImU32 ink);

}  // namespace stepwise::app
