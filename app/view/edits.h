// Painting and resampling: what strokes do to the picture under the playhead, undo and redo, and
// the commands that come of them. No drawing here. Window thread only.
#pragma once

#include <optional>

#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

// What is painted under the playhead and waits for the model, or nullptr. Paintings elsewhere wait
// as well.
const Painting* painting_here(const View& view, const Desk& desk);

// Whether the picture there is to go back to a higher noise level, or the tool in hand does that.
bool goes_back(const View& view, const Desk& desk);

// Where a stroke would go; nothing where no picture is yet, or where it is finished and stays so.
std::optional<Place> paintable(const View& view, const Desk& desk);

// Steps through the history: paintings, branches, deletions and settings. The playhead goes to
// where it happened.
void undo(const View& view, Desk& desk, Commands& out);
void redo(const View& view, Desk& desk, Commands& out);

// Takes what is painted off the picture under the playhead; undo brings it back.
void discard_painting(const View& view, Desk& desk);

// What pictures are drawn with now.
Choices choices_of(const Desk& desk);

// Settings that are others than they were are a change to be undone; before the first branch there
// is nothing to undo. While a hand moves one (`held`), all that it passes is one change.
void note_choices(const View& view, Desk& desk, bool held = false);
// So is a branch that has begun: it has what was painted for it.
void note_branch(const View& view, Desk& desk, const Branch& branch);

// A painting of the noisy picture has left the noise level: paints the same on the guess instead,
// which gets its noise back.
void repaint_on_guess(const View& view, Desk& desk, Commands& out);

// Layers that a branch which carries on from here would have, as far as they stay; nullptr: there
// is no branch.
const Layers* layers_here(const View& view, const Desk& desk);
// Whether one of them locks something.
bool locks_here(const View& view, const Desk& desk);

// Whether carrying on from here would give something else than what is there.
bool can_resample(const View& view, const Desk& desk);
// Forks a branch at the playhead.
void resample(const View& view, Desk& desk, Commands& out);

// Asks what the model makes of the painting in hand, unless that was asked last.
void ask_preview(const View& view, Desk& desk, Commands& out);
// Asks where the painting in hand leads, once it has its preview: the pen rests.
void ask_ahead(const View& view, Desk& desk, Commands& out);
// Paints anew where the picture painted on has come in full since.
void keep_painting_true(const View& view, Desk& desk);

}  // namespace stepwise::app
