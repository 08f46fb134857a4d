// What strokes, layers and undo are made of: changes of the painting at a place. Window thread
// only.
#pragma once

#include <string>

#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

// The newest branch that there is; -1: none.
BranchId newest_branch(const View& view);

// Begins a change at that place, after those of the settings.
Change& begin_change(const View& view, Desk& desk, const Place& place, std::string what);

// The painting there, an untouched one where there is none yet.
Painting& painting_at(const View& view, const Place& place, Work& work);

// What is painted under the playhead is another.
void show_painting(const View& view, Desk& desk, Commands& out);

}  // namespace stepwise::app
