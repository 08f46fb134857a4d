#include "view/history.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace stepwise::app {

Change& UndoHistory::begin(std::string what, BranchId newest) {
  Work after = now();
  if (redoable())
    for (BranchId id = after.newest + 1; id <= newest; ++id) after.deleted.insert(id);
  after.newest = std::max(after.newest, newest);
  changes_.resize(at_ + 1);
  changes_.push_back({std::move(what), {}, {}, std::move(after)});
  if (changes_.size() > kMaxUndo + 1) changes_.erase(changes_.begin());
  at_ = changes_.size() - 1;
  return changes_[at_];
}

bool UndoHistory::is_elsewhere(BranchId branch) const {
  return std::ranges::any_of(changes_, [&](const Change& change) {
    const Work& work = change.after;
    return &change != &changes_[at_] && branch <= work.newest && !work.deleted.contains(branch);
  });
}

Change& UndoHistory::amend() {
  assert(!redoable());
  return changes_[at_];
}

}  // namespace stepwise::app
