// Others of the same: from a step, between two pictures, and which of them are favourites. No
// drawing here. Window thread only.
#pragma once

#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

inline constexpr int kVariations = 4;

// Forks so many branches at the playhead, each with fresh noise of its own.
void vary(const View& view, Desk& desk, int count, Commands& out);

// Whether there can be pictures between that of the playhead and this one of its batch: both began
// with plain noise.
bool can_go_between(const View& view, const Desk& desk, int other);
// A tree of pictures between them, whose noise turns from one to the other.
void go_between(const View& view, const Desk& desk, int other, Commands& out);

// Stars a branch, or takes the star off; all that were sampled with it.
void toggle_star(const View& view, Desk& desk, BranchId branch);
// A tree with one of these does not go for want of memory.
bool has_favourites(const View& view, const Desk& desk, BranchId root);
// Whether the tree that `branch` is in has favourites, and something beside them.
bool can_prune(const View& view, const Desk& desk, BranchId branch);
// Takes away all of the tree but its root, the favourites, and what they were forked from. Undo
// brings it back.
void prune(const View& view, Desk& desk, BranchId branch, Commands& out);

}  // namespace stepwise::app
