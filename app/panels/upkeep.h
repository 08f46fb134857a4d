// What the window asks for without being told: steps in full that are on screen, the end of trees
// where memory is short and of models that a sweep opened, the memory that steps may take. No
// drawing here. Window thread only.
#pragma once

#include <vector>

#include "panels/ui.h"
#include "view/view.h"

namespace stepwise::app {

// Steps of branches that are shown to the last bit, in the order in which they are missed most.
std::vector<StepOfBranch> steps_on_screen(const View& view, const Ui& ui);
// Those that are shown small in lanes and grids, of the playhead's branch first, as many as can be
// kept together with the former.
std::vector<StepOfBranch> steps_shown_small(const View& view, const Ui& ui);
// Those next to them in time, nearest first, where the hand on the playhead may go.
std::vector<StepOfBranch> steps_around(const View& view, const Ui& ui);

// Call once per frame, after follow(). At most one step is asked for at a time, and none twice in
// a row: where it could not be had, the log says why.
void upkeep(const View& view, Ui& ui, Commands& out);

}  // namespace stepwise::app
