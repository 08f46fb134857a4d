// What the column of tools is made of. Window thread only.
#pragma once

#include "panels/panels.h"

namespace stepwise::app {

// Signs to choose what the hand does, and where.
void tool_buttons(Ui& ui);

// How the tool in hand does it; in a low window (not `roomy`) on fewer lines.
void tool_settings(const View& view, Ui& ui, bool roomy);

// Over the canvas, in place of the mouse's arrow: the outline of the brush, or a cross with what
// else there is to see of the tool in hand.
void draw_tool(ImDrawList& list, const Ui& ui, const Placed& placed);

}  // namespace stepwise::app
