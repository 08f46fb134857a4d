// Where a branch comes to, by the few-step weights of its model: seen long before the branch itself
// is there. Worker thread.
#pragma once

#include "editing/branch.h"

namespace stepwise {

// Whether the branch, at its first frame, has one that is there before its own. On a known path it
// has none: its end hangs on the noise of each step, and these leave nearly all of them out.
bool has_quick_end(const Branch& branch);

// About what the branch ends as, from its first frame on, in two evaluations: [n, C, H, W]. All
// that its edit does to its steps acts on these likewise, for compose() puts it together; but
// nothing is filled in in rounds, and what goes back to a level below that of the second evaluation
// stays as it is.
Tensor quick_end(const Branch& branch);

}  // namespace stepwise
