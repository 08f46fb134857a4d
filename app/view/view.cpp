#include "view/view.h"

#include <algorithm>
#include <ranges>

namespace stepwise::app {

const ModelOpened* find_model(const View& view, ModelId id) {
  const auto found = std::ranges::find(view.models, id, &ModelOpened::id);
  return found == view.models.end() ? nullptr : &*found;
}

std::filesystem::path plain_folder(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder.lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

const ModelOpened* find_model_in(const View& view, const std::filesystem::path& folder) {
  const auto found = std::ranges::find_if(view.models, [&](const ModelOpened& model) {
    return !model.live && plain_folder(model.folder) == plain_folder(folder);
  });
  return found == view.models.end() ? nullptr : &*found;
}

const Failure* failure_of(const View& view, JobId job) {
  const auto found = std::ranges::find(view.failures, job, &Failure::job);
  return job == kNoJob || found == view.failures.end() ? nullptr : &*found;
}

const Branch* find_branch(const View& view, BranchId id) {
  for (const Branch& branch : view.branches)
    if (branch.start.id == id) return &branch;
  return nullptr;
}

namespace {

// Of a step that has been computed.
PictureAtStep own_picture(const View& view, const Branch& branch, int step, int index) {
  PictureAtStep at{{}, {}, branch.start.sigmas[std::size_t(step)], branch.start.id, index};
  if (const FullStep* full = find_full(view, {branch.start.id, step})) {
    at.guess = picture_at(full->guess, index);
    at.noisy = picture_at(full->noisy, index);
    return at;
  }
  while (step > branch.start.fork && !branch.guesses[std::size_t(step)]) --step;
  at.guess = picture_at(branch.guesses[std::size_t(step)], index);
  return at;
}

}  // namespace

PictureAtStep lookup(const View& view, BranchId id, int step, int picture) {
  // A parent has a smaller id than its child, so the climb ends.
  for (const Branch* branch = find_branch(view, id); branch;) {
    const auto& own = branch->start.pictures;
    const auto place = std::find(own.begin(), own.end(), picture);
    const bool computed = step >= branch->start.fork && place != own.end();
    if (computed || branch->start.parent < 0 || branch->start.parent >= branch->start.id) {
      if (!computed || step > branch->newest) return {};
      return own_picture(view, *branch, step, int(place - own.begin()));
    }
    branch = find_branch(view, branch->start.parent);
  }
  return {};
}

const FullStep* find_full(const View& view, const StepOfBranch& of) {
  const auto found = std::ranges::find(view.full_steps, of, &FullStep::of);
  return found == view.full_steps.end() ? nullptr : &*found;
}

const FullStep* newest_full(const View& view, BranchId branch) {
  for (const FullStep& full : std::views::reverse(view.full_steps))
    if (full.of.branch == branch) return &full;
  return nullptr;
}

BranchId root_of(const View& view, BranchId id) {
  const Branch* branch = find_branch(view, id);
  return branch ? branch->root : -1;
}

int batch_size(const View& view, BranchId id) {
  const Branch* branch = find_branch(view, id);
  return branch ? int(branch->start.conditions.size()) : 0;
}

bool is_running(const View& view, const Branch& branch) {
  return view.jobs.contains(branch.job) && !branch.done();
}

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
  const auto origin = view.origins.find(id);
  const auto* names = origin == view.origins.end() ? nullptr : &origin->second.class_names;
  if (!condition.label) return names && names->empty() ? "" : "any class";
  if (names && *condition.label >= 0 && *condition.label < int(names->size()))
    return (*names)[std::size_t(*condition.label)];
  return text_of("class ", *condition.label);
}

void begin_job(const Request& request, View& view) {
  begin_job(request.id, view);
  if (const auto* open = std::get_if<OpenModel>(&request.command))
    view.origins[request.id].folder = open->folder;
  if (const auto* combine = std::get_if<Combine>(&request.command)) {
    view.origins[request.id].parts = combine->models;
    view.origins[request.id].how = combine->how;
  }
  if (const auto* made = std::get_if<OpenTeacher>(&request.command))
    view.origins[request.id].teacher = made->teacher;
  // Seen at once, so that the next press goes on from it: the worker says soon what came of it.
  const auto* correct = std::get_if<Correct>(&request.command);
  if (correct && view.data && correct->data == view.data_from)
    for (const Correction& change : correct->changes)
      set_correction(view.data->corrections, change);
}

}  // namespace stepwise::app
