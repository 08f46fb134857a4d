// Which of all branches are there for the user: what was deleted or undone is not, until it comes
// back. Window thread only.
#pragma once

#include <vector>

#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

// Whether the branch is there, and all that it was forked from.
bool is_there(const View& view, const Desk& desk, BranchId branch);

// Those of the tree that `branch` is in, its root first.
std::vector<const Branch*> tree_of(const View& view, const Desk& desk, BranchId branch);

// The roots of all trees, the newest first.
std::vector<const Branch*> roots(const View& view, const Desk& desk);

// Takes a branch away, with what was forked from it; undo brings it back. One that runs is stopped.
void delete_branch(const View& view, Desk& desk, BranchId branch, Commands& out);

// Stops the branches that run and are not there.
void stop_absent(const View& view, const Desk& desk, Commands& out);

}  // namespace stepwise::app
