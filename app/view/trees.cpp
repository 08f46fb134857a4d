#include "view/trees.h"

#include <algorithm>

namespace stepwise::app {

bool is_there(const View& view, const Desk& desk, BranchId id) {
  const Work& now = desk.history.now();
  const Branch* branch = find_branch(view, id);
  while (branch && branch->start.id <= now.newest && !now.deleted.contains(branch->start.id)) {
    if (branch->start.parent < 0) return true;
    branch = find_branch(view, branch->start.parent);
  }
  return false;
}

std::vector<const Branch*> tree_of(const View& view, const Desk& desk, BranchId id) {
  std::vector<const Branch*> tree;
  const BranchId root = root_of(view, id);
  for (const Branch& branch : view.branches)
    if (root >= 0 && branch.root == root && is_there(view, desk, branch.start.id))
      tree.push_back(&branch);
  return tree;
}

std::vector<const Branch*> roots(const View& view, const Desk& desk) {
  std::vector<const Branch*> all;
  for (const Branch& branch : view.branches)
    if (branch.start.parent < 0 && is_there(view, desk, branch.start.id)) all.push_back(&branch);
  std::ranges::reverse(all);
  return all;
}

void delete_branch(const View& view, Desk& desk, BranchId id, Commands& out) {
  const Branch* branch = find_branch(view, id);
  if (!branch) return;
  const Playhead& at = desk.playhead;
  Change& change =
      desk.history.begin(branch->start.parent < 0 ? "deletion of a tree" : "deletion of an edit",
                         view.branches.back().start.id);
  change.from = Place{at.branch, at.step, at.picture};
  change.after.deleted.insert(id);
  stop_absent(view, desk, out);
}

void stop_absent(const View& view, const Desk& desk, Commands& out) {
  for (const Branch& branch : view.branches)
    if (is_running(view, branch) && !is_there(view, desk, branch.start.id))
      out.push_back(Cancel{branch.job});
}

}  // namespace stepwise::app
