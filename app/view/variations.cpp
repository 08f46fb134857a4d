#include "view/variations.h"

#include <algorithm>
#include <set>
#include <utility>

#include "view/edit_parts.h"
#include "view/edits.h"
#include "view/sweep.h"
#include "view/trees.h"

namespace stepwise::app {
namespace {

constexpr int kBetween = 9;  // Pictures, both ends included.

// Those of the tree that stay: its root, the favourites, and what they were forked from.
std::set<BranchId> kept_in(const View& view, const Desk& desk, BranchId branch) {
  std::set<BranchId> kept{root_of(view, branch)};
  for (const Branch* each : tree_of(view, desk, branch))
    if (desk.starred.contains(each->start.id))
      for (const Branch* up = each; up; up = find_branch(view, up->start.parent))
        kept.insert(up->start.id);
  return kept;
}

}  // namespace

void vary(const View& view, Desk& desk, int count, Commands& out) {
  const Branch* branch = find_branch(view, desk.playhead.branch);
  if (!paintable(view, desk) || has_severity(branch->start.degradation)) return;
  const NoiseSource chosen = std::exchange(desk.noise, NoiseSource::kFresh);
  for (int i = 0; i < count; ++i) resample(view, desk, out);
  desk.noise = chosen;
}

bool can_go_between(const View& view, const Desk& desk, int other) {
  const Branch* root = find_branch(view, root_of(view, desk.playhead.branch));
  const auto* sample = root ? std::get_if<Sample>(&root->start.begun) : nullptr;
  return sample && !sample->start && !has_severity(root->start.degradation) &&
         other != desk.playhead.picture && other >= 0 && other < root->start.settings.count &&
         find_model(view, root->start.model);
}

void go_between(const View& view, const Desk& desk, int other, Commands& out) {
  if (!can_go_between(view, desk, other)) return;
  const Branch& root = *find_branch(view, root_of(view, desk.playhead.branch));
  const int one = desk.playhead.picture;
  Sample sample;
  sample.model = root.start.model;
  sample.settings = root.start.settings;
  sample.settings.count = kBetween;
  for (int i = 0; i < kBetween; ++i)
    sample.conditions.push_back(condition_at(root, 2 * i < kBetween ? one : other));
  Start& start = sample.start.emplace();
  start.kind = StartKind::kBetween;
  start.from = {root.start.settings.seed, one};
  start.to = {root.start.settings.seed, other};
  out.push_back(std::move(sample));
}

void toggle_star(const View& view, Desk& desk, BranchId branch) {
  const bool starred = desk.starred.contains(branch);
  const Branch* of = find_branch(view, branch);
  if (!of) return;
  std::vector<BranchId> all{branch};
  if (of->start.parent < 0) all = together_with(desk, branch);
  for (const BranchId id : all)
    starred ? void(desk.starred.erase(id)) : void(desk.starred.insert(id));
}

bool has_favourites(const View& view, const Desk& desk, BranchId root) {
  return std::ranges::any_of(desk.starred, [&](BranchId id) { return root_of(view, id) == root; });
}

bool can_prune(const View& view, const Desk& desk, BranchId branch) {
  const auto tree = tree_of(view, desk, branch);
  const auto starred = [&](const Branch* b) { return desk.starred.contains(b->start.id); };
  return std::ranges::any_of(tree, starred) && tree.size() > kept_in(view, desk, branch).size();
}

void prune(const View& view, Desk& desk, BranchId branch, Commands& out) {
  if (!can_prune(view, desk, branch)) return;
  const std::set<BranchId> kept = kept_in(view, desk, branch);
  const Playhead& at = desk.playhead;
  Change& change = desk.history.begin("pruning", newest_branch(view));
  change.from = Place{at.branch, at.step, at.picture};
  for (const Branch* each : tree_of(view, desk, branch))
    if (!kept.contains(each->start.id)) change.after.deleted.insert(each->start.id);
  stop_absent(view, desk, out);
}

}  // namespace stepwise::app
