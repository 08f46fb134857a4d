// What a step is good for is seen by leaving it out: the same pictures from the same noise, drawn
// by all other steps. No drawing here. Window thread only.
#pragma once

#include <string>
#include <vector>

#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

// Of the tree that the playhead is in. Why that step cannot be left out; empty: it can.
std::string obstacle_to_leaving_out(const View& view, const Desk& desk, int step);

// Draws it again without that step. What comes of it is held against what was.
void leave_out_step(const View& view, Desk& desk, int step, Commands& out);

// How far the finished picture under the playhead is from the one that was drawn without each of
// its steps, root mean square in data units; NaN where none was.
std::vector<double> missed_without(const View& view, const Desk& desk);

}  // namespace stepwise::app
