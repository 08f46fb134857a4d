// What each step of a branch added to the guess of one picture: D_k - D_(k-1), as boosting adds one
// small improvement after the other. The first guess counts from mid-grey, so all that was added
// sums to the finished picture. Plain arithmetic on what has come; window thread only.
#pragma once

#include <vector>

#include "view/view.h"

namespace stepwise::app {

struct Added {
  // Root mean square of what steps 0, 1, ... added, in data units, as far as they have come. NaN
  // where the guess of a step is not kept: what it added counts with the next that is.
  std::vector<double> sizes;

  // Of all steps after the first guess: the largest, and their sum.
  double most = 0, sum = 0;

  // Of that sum, what a step after the first guess added; NaN for all others.
  double share(int step) const;
};

Added added_by_steps(const View& view, BranchId branch, int picture);

}  // namespace stepwise::app
