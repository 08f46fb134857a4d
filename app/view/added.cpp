#include "view/added.h"

#include <algorithm>
#include <cmath>

#include "view/compare.h"

namespace stepwise::app {

double Added::share(int step) const {
  if (step < 1 || step >= int(sizes.size())) return NAN;
  return sum > 0 ? sizes[std::size_t(step)] / sum : 0;
}

Added added_by_steps(const View& view, BranchId id, int picture) {
  Added added;
  const Branch* branch = find_branch(view, id);
  Picture before;
  for (int step = 0; branch && step <= branch->steps(); ++step) {
    const Picture guess = lookup(view, id, step, picture).guess;
    if (!guess) break;
    const double size = guess == before ? NAN : rms_apart(guess, before);
    added.sizes.push_back(size);
    before = guess;
    if (step == 0 || std::isnan(size)) continue;
    added.most = std::max(added.most, size);
    added.sum += size;
  }
  return added;
}

}  // namespace stepwise::app
