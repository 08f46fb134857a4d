// What the buttons and keys of sampling ask the worker for, in one place for both. Window thread
// only.
#pragma once

#include "panels/panels.h"

namespace stepwise::app {

// Why the settings cannot be sampled with, in words; empty: they can.
std::string trouble_with(const SampleSettings& settings);

// What the pictures of the next tree will be asked to show.
std::vector<Condition> conditions_asked(const View& view, const Ui& ui);

// A new tree with the settings on screen, up to a step; -1: to the end.
Sample new_tree(const View& view, const Ui& ui, int until = -1);
// Leaves every branch where it is.
void stop_sampling(const View& view, Commands& out);
// The branch under the playhead if it stopped on its way, or nullptr.
const Branch* paused_branch(const View& view, const Ui& ui);
// Runs it to its end.
void go_on(const View& view, Ui& ui, Commands& out);

// One more step of the branch under the playhead; where that is finished or missing, the first
// frame of a new tree.
void step_once(const View& view, Ui& ui, Commands& out);

// Up to the step under the playhead: goes on with a branch that stopped before it, else starts a
// new tree.
void run_to_playhead(const View& view, Ui& ui, Commands& out);

}  // namespace stepwise::app
