// A branch that runs, a frame at a time, and frames that are asked for. Worker thread.
#pragma once

#include "editing/forest.h"
#include "session/opening.h"

namespace stepwise {

BranchStarted announcement(const Branch& branch, Begun begun);

// Begins a tree, which may take evaluations of its own, or a fork, called `as` if that is given,
// and runs it as far as was asked for. It, or its first piece, throws Error for what cannot be
// begun.
Piece beginning(Forest& forest, const Sample& asked, SharedModel model,
                std::optional<BranchId> as = {});
Piece beginning(Forest& forest, const Resample& asked, SharedModel model,
                std::optional<BranchId> as = {});

// Runs a branch up to a step, -1: to its end, a frame at a time. If one throws, the branch stays
// where it is. When its tree is closed it ends. Throws Error if there is no such branch.
Piece running(Forest& forest, BranchId branch, int until);

// Tells of a frame, which may have to be computed again. When its tree is closed it ends.
Piece fetching(Forest& forest, const FetchFrame& asked);

}  // namespace stepwise
