// Which of all branches are there for the user: what was deleted or undone is not, until it comes
// back. Window thread only.
#pragma once

#include <string>
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

// What it is called: as it was renamed, else "Sample", or "Edit 2" by its lane.
std::string branch_name(const View& view, const Desk& desk, const Branch& branch);
// An empty name: it is called as without one. Undo takes it back.
void rename_branch(const View& view, Desk& desk, BranchId branch, const std::string& name);

// Takes a branch away, with what was forked from it, and a tree with those of its sweep; undo
// brings it back. What runs is stopped.
void delete_branch(const View& view, Desk& desk, BranchId branch, Commands& out);

// Stops the branches that run and are not there.
void stop_absent(const View& view, const Desk& desk, Commands& out);

}  // namespace stepwise::app
