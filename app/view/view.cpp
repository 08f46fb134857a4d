#include "view/view.h"

#include <algorithm>

namespace stepwise::app {

const ModelOpened* find_model(const View& view, ModelId id) {
  const auto found = std::ranges::find(view.models, id, &ModelOpened::id);
  return found == view.models.end() ? nullptr : &*found;
}

const Branch* find_branch(const View& view, BranchId id) {
  for (const Branch& branch : view.branches)
    if (branch.start.id == id) return &branch;
  return nullptr;
}

PictureAtStep lookup(const View& view, BranchId id, int step, int picture) {
  // A parent has a smaller id than its child, so the climb ends.
  for (const Branch* branch = find_branch(view, id); branch;) {
    const auto& own = branch->start.pictures;
    const auto place = std::find(own.begin(), own.end(), picture);
    const bool computed = step >= branch->start.fork && place != own.end();
    if (computed || branch->start.parent < 0 || branch->start.parent >= branch->start.id) {
      if (!computed || step > branch->steps()) return {};
      const Frame& frame = branch->frames[step];
      const int i = int(place - own.begin());
      return {picture_at(frame.noisy, i), picture_at(frame.guess, i), frame.sigma,
              branch->start.id};
    }
    branch = find_branch(view, branch->start.parent);
  }
  return {};
}

int batch_size(const View& view) {
  return view.branches.empty() ? 0 : int(view.branches.front().start.conditions.size());
}

bool is_running(const View& view, const Branch& branch) { return view.jobs.contains(branch.job); }

const Branch* running_branch(const View& view) {
  for (const Branch& branch : view.branches)
    if (is_running(view, branch)) return &branch;
  return nullptr;
}

Condition condition_at(const Branch& branch, int picture) {
  const auto& all = branch.start.conditions;
  return picture >= 0 && picture < int(all.size()) ? all[std::size_t(picture)] : Condition{};
}

std::string class_name(const View& view, ModelId id, const Condition& condition) {
  if (!condition.label) return "any class";
  const ModelOpened* model = find_model(view, id);
  if (model && *condition.label >= 0 && *condition.label < int(model->class_names.size()))
    return model->class_names[std::size_t(*condition.label)];
  return text_of("class ", *condition.label);
}

}  // namespace stepwise::app
