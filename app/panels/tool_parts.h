// What the column of tools is made of. Window thread only.
#pragma once

#include "panels/panels.h"

namespace stepwise::app {

// Signs to choose what the hand does, and where; in a low column (not `roomy`) lower ones, and the
// list of layers stands behind a button.
void tool_buttons(const View& view, Ui& ui, bool roomy, Commands& out);

// How the tool in hand does it; in a low column on fewer lines.
void tool_settings(const View& view, Ui& ui, bool roomy, Commands& out);

// Of the tools that go back and that ask for a class.
void rewind_settings(const View& view, Ui& ui);
void region_settings(const View& view, Ui& ui);

// Keys that turn, scale and mirror the layer in hand.
void move_keys(const View& view, Ui& ui, Commands& out);

// The layers of the painting under the playhead and those that its branch began with, the topmost
// first, to hide, reorder and delete: in what is left of the column, or behind a button.
void layers_list(const View& view, Ui& ui, Commands& out);
void layers_button(const View& view, Ui& ui, float width, Commands& out);
int layer_count(const View& view, const Ui& ui);

// Where something is locked: how the model fills in the rest, and what that costs.
void fill_in_settings(const View& view, Ui& ui, Commands& out);

// Over the canvas, in place of the mouse's arrow: the outline of the brush, or a cross with what
// else there is to see of the tool in hand.
void draw_tool(ImDrawList& list, const Ui& ui, const Placed& placed);
// What stays, what goes back and how far, and what shows another class, in a color for each.
void draw_marks(ImDrawList& list, const View& view, const Ui& ui, const Placed& placed);
ImU32 class_color(int label);
// What the tool that moves has in hand, with its handles, or what it selects.
void draw_moving(ImDrawList& list, const View& view, const Ui& ui, const Placed& placed);
inline constexpr float kHandle = 7;  // Points that a handle reaches around its middle.

}  // namespace stepwise::app
