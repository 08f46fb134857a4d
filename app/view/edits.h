// Painting and resampling: what strokes do to the picture under the playhead, undo and redo, and
// the commands that come of them. No drawing here. Window thread only.
#pragma once

#include <optional>
#include <vector>

#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

// The painting in hand, if it lies under the playhead.
const Painting* painting_here(const View& view, const Desk& desk);

// Where a stroke would go; nothing where no picture is yet or the picture is finished.
std::optional<Place> paintable(const View& view, const Desk& desk);

// One stroke of the tool in hand: begins at a point (in pixels of the picture), goes on, and ends.
// Each change asks for a preview.
void begin_stroke(const View& view, Desk& desk, const Place& place, Surface surface, Point at,
                  Commands& out);
void continue_stroke(const View& view, Desk& desk, Point to, Commands& out);
void end_stroke(Desk& desk);

// Steps through the history; the playhead goes to the painting that comes back.
void undo(const View& view, Desk& desk, Commands& out);
void redo(const View& view, Desk& desk, Commands& out);

// Takes the painting off the picture; undo brings it back.
void discard_painting(Desk& desk);

// A painting of the noisy picture has left the noise level: paints the same on the guess instead,
// which gets its noise back.
void repaint_on_guess(const View& view, Desk& desk, Commands& out);

// Whether carrying on from here would give something else than what is there.
bool can_resample(const View& view, const Desk& desk);
// Forks a branch at the playhead.
void resample(const View& view, Desk& desk, Commands& out);

// Asks what the model makes of the painting in hand.
void ask_preview(const View& view, Desk& desk, Commands& out);
// Paints anew where the picture painted on has come in full since.
void keep_painting_true(const View& view, Desk& desk);
// Asks again where the model or the settings that it would carry on with are others by now.
void keep_preview_true(const View& view, Desk& desk, Commands& out);

}  // namespace stepwise::app
