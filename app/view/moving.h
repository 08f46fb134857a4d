// The tool that moves: the layer in hand by its handles, and what is selected and lifted off the
// guess. No drawing here. Window thread only.
#pragma once

#include <optional>

#include "painting/move.h"
#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

// The layer of the painting under the playhead that is in hand and can be moved, or nullptr.
const Layer* layer_in_hand(const View& view, const Desk& desk);
// Where it lies; all of a stamp where its shape has no bounds.
Bounds bounds_in_hand(const Layer& layer);

// What of it is at that point, in pixels of the picture, where a handle reaches so far around.
Grip grip_at(const Layer& layer, Point at, float reach);
// The handle that turns, so far above the middle of the upper edge.
Point turning_handle(const Bounds& bounds, float reach);

// A press, moves and the release. Where the layer in hand is gripped it goes along; else the line
// is a selection, and what the guess shows in it is lifted, to be moved next. What it leaves behind
// is filled from around it, since the model is told that this is what one sees there: a smooth
// ground, on which it invents the details anew. `copies`: the place is left as it is.
void begin_moving(const View& view, Desk& desk, const Place& place, Point at, float reach);
void keep_moving(const View& view, Desk& desk, Point to, Commands& out);
void end_moving(const View& view, Desk& desk, bool copies, Commands& out);

// Moves the layer in hand about its middle.
void move_in_hand(const View& view, Desk& desk, Move move, const char* what, Commands& out);
void delete_in_hand(const View& view, Desk& desk, Commands& out);

}  // namespace stepwise::app
