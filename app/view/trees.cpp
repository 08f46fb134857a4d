#include "view/trees.h"

#include <algorithm>

#include "view/sweep.h"

namespace stepwise::app {

namespace {

// The first of those of which each stands for the one before it.
BranchId first_in_place_of(const Work& work, BranchId id) {
  for (auto found = work.stands_for.find(id); found != work.stands_for.end();
       found = work.stands_for.find(id))
    id = found->second;
  return id;
}

}  // namespace

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
  std::ranges::stable_sort(tree, {}, [&](const Branch* branch) {
    return first_in_place_of(desk.history.now(), branch->start.id);
  });
  return tree;
}

std::vector<const Branch*> roots(const View& view, const Desk& desk) {
  std::vector<const Branch*> all;
  for (const Branch& branch : view.branches)
    if (branch.start.parent < 0 && is_there(view, desk, branch.start.id)) all.push_back(&branch);
  std::ranges::reverse(all);
  return all;
}

std::string branch_name(const View& view, const Desk& desk, const Branch& branch) {
  const BranchId id = branch.start.id;
  const auto& names = desk.history.now().names;
  if (const auto given = names.find(id); given != names.end()) return given->second;
  if (const Sweep* sweep = sweep_of(desk, id))
    return std::ranges::find(sweep->trees, id, &Sweep::Tree::root)->value;
  if (branch.start.parent < 0) return "Sample";
  const auto tree = tree_of(view, desk, id);
  return text_of("Edit ", std::ranges::find(tree, &branch) - tree.begin());
}

void rename_branch(const View& view, Desk& desk, BranchId id, const std::string& name) {
  const Branch* branch = find_branch(view, id);
  if (!branch || name == branch_name(view, desk, *branch)) return;
  const Playhead& at = desk.playhead;
  Change& change = desk.history.begin("renaming", view.branches.back().start.id);
  change.from = change.to = Place{at.branch, at.step, at.picture};
  change.after.names[id] = name;
  if (name.empty()) change.after.names.erase(id);
}

void delete_branch(const View& view, Desk& desk, BranchId id, Commands& out) {
  const Branch* branch = find_branch(view, id);
  if (!branch) return;
  const Playhead& at = desk.playhead;
  const std::vector<BranchId> gone = together_with(desk, id);
  const char* what = gone.size() > 1            ? "deletion of trees"
                     : branch->start.parent < 0 ? "deletion of a tree"
                                                : "deletion of an edit";
  Change& change = desk.history.begin(what, view.branches.back().start.id);
  change.from = Place{at.branch, at.step, at.picture};
  change.after.deleted.insert(gone.begin(), gone.end());
  stop_absent(view, desk, out);
}

void stop_absent(const View& view, const Desk& desk, Commands& out) {
  for (const Branch& branch : view.branches)
    if (is_running(view, branch) && !is_there(view, desk, branch.start.id))
      out.push_back(Cancel{branch.job});
}

}  // namespace stepwise::app
