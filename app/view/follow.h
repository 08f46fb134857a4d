// How the playhead moves: by hand, by playing, and along with frames as they come in. Plain
// arithmetic on what is on screen; nothing here asks the worker for anything. Window thread only.
#pragma once

#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

// Call once per frame, after events were applied: takes the playhead to a new tree or branch and
// along with its frames, and keeps it on something that exists. `now` in seconds.
void follow(const View& view, Desk& desk, double now);

// The last step of the playhead's branch.
int last_step(const View& view, const Desk& desk);

// Moves the playhead by hand: within its branch, playing and following end.
void go_to(const View& view, Desk& desk, int step);
void go_to(const View& view, Desk& desk, BranchId branch, int step, int picture);

// The picture that a branch shows when `wanted` is asked for: that one if the branch runs it
// itself, else the one it does run.
int picture_of(const Branch& branch, int wanted);

// To another picture: where the playhead's branch does not run it, to the ancestor that does.
void go_to_picture(const View& view, Desk& desk, int picture);

// Starts or stops; from the end it starts at the beginning.
void toggle_playing(const View& view, Desk& desk, double now);

}  // namespace stepwise::app
