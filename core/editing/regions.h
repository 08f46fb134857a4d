// Regions with conditions of their own ("paint with classes"). Worker thread.
#pragma once

#include "editing/branch.h"

namespace stepwise {

// D(x, sigma) of the branch's pictures before anything else acts on it: with the conditions of its
// regions where it has any, each as much as its share (see shares_by). All conditions run as one
// batch. Its guesses may leave [-1, 1]. Throws Error for conditions or guidance that the model does
// not know.
Denoise conditioned(const Branch& branch);

}  // namespace stepwise
