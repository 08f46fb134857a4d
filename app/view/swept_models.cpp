#include "view/swept_models.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "view/sweep.h"

namespace stepwise::app {
namespace {

// Something may be about to begin with one of them.
bool is_work_on_its_way(const View& view) {
  return std::ranges::any_of(view.jobs,
                             [&](const auto& job) { return job.first != view.training.job; });
}

bool draws(const View& view, const Sweep& sweep, ModelId model) {
  return std::ranges::any_of(sweep.trees, [&](const Sweep::Tree& tree) {
    const Branch* root = find_branch(view, tree.root);
    return root && root->start.model == model;
  });
}

// The sweep that is to be seen, or that the picture under the playhead was gone to from.
const Sweep* sweep_in_use(const View& view, const Desk& desk) {
  if (const Sweep* shown = sweep_shown(view, desk)) return shown;
  if (desk.visited_sweep < 0) return nullptr;
  const Sweep* here = sweep_of(desk, root_of(view, desk.playhead.branch));
  return here == &desk.sweeps[std::size_t(desk.visited_sweep)] ? here : nullptr;
}

bool is_in_use(const View& view, const Desk& desk, ModelId model) {
  if (const Sweep* sweep = sweep_in_use(view, desk); sweep && draws(view, *sweep, model))
    return true;
  const BranchId here = root_of(view, desk.playhead.branch);
  return std::ranges::any_of(view.branches, [&](const Branch& branch) {
    const bool swept = sweep_of(desk, branch.start.id) != nullptr;
    return branch.start.model == model && (!swept || branch.start.id == here);
  });
}

}  // namespace

void close_swept_models(const View& view, Desk& desk, Commands& out) {
  desk.beside.erase(desk.model);
  if (desk.beside.empty() || is_work_on_its_way(view)) return;
  std::vector<ModelId> gone;
  std::ranges::copy_if(desk.beside, std::back_inserter(gone),
                       [&](ModelId model) { return !is_in_use(view, desk, model); });
  for (const ModelId model : gone) {
    desk.beside.erase(model);
    if (find_model(view, model)) out.push_back(CloseModel{model});
  }
}

}  // namespace stepwise::app
