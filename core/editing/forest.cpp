#include "editing/forest.h"

#include <algorithm>
#include <limits>
#include <ranges>
#include <utility>

#include "diffusion/noise.h"
#include "editing/apply.h"
#include "editing/begin.h"

namespace stepwise {
namespace {

// What a fork asks for, on the levels and the batch of its parent.
SampleSettings settings_of_fork(SampleSettings wanted, const SampleSettings& parent) {
  wanted.count = parent.count;
  wanted.begin = parent.begin;
  wanted.grid = parent.grid;
  wanted.steps = parent.steps;
  wanted.sigma_min = parent.sigma_min;
  wanted.sigma_max = parent.sigma_max;
  wanted.rho = parent.rho;
  wanted.grid_shape = parent.grid_shape;
  wanted.options.timesteps = parent.options.timesteps;
  wanted.options.mu = parent.options.mu;
  check(wanted);
  return wanted;
}

// What a fork keeps of the known path of its tree. With fresh noise it leaves the known path; what
// is locked in the picture that the tree began with stays as that is, not as the model guesses it.
void go_on_from(Branch& fork, const Edit& edit, const Branch& root, const Branch& holder) {
  if (!root.path) return;
  fork.path = root.path;
  fork.on_path = root.on_path && edit.noise == NoiseSource::kImplied;
  if (fork.on_path) fork.source = source_of(root, fork.pictures);
  if (&holder != &root) return;
  const Tensor y = root.path->clean(fork.pictures)[0];
  fork.edited = apply_edit(y, y, 0, edit).guess.unsqueeze(0);
}

// The newest frame that was kept, at `step` or before.
int kept_before(const Branch& branch, int step) {
  while (!branch.frames[std::size_t(step - branch.fork)]) --step;
  return step;
}

}  // namespace

BranchId Forest::start(const SampleSettings& settings, std::vector<Condition> conditions,
                       SharedModel model) {
  return start(root_of(settings, std::move(conditions), std::move(model), {}));
}

BranchId Forest::start(Branch root, Tensor x, std::optional<BranchId> as) {
  require_room(root);
  if (!x.defined()) x = first_x(root);
  root.frames.push_back({x, {}, {}});
  return add(std::move(root), as);
}

BranchId Forest::add(Branch branch, std::optional<BranchId> as) {
  const BranchId id = as.value_or(next_);
  require(id >= 0 && id < std::numeric_limits<BranchId>::max(), "No branch can be called ", id,
          ".");
  require(!has(id), "There is a branch ", id, " already.");
  require(branch.parent < id, "Branch ", id, " would be older than branch ", branch.parent,
          ", which it is forked from.");
  branch.id = id;
  branches_.emplace(id, std::move(branch));
  reserve(id + 1);
  return id;
}

void Forest::close(BranchId root) {
  require(branch(root).parent < 0, "Branch ", root, " is part of a tree, not the root of one.");
  branches_.erase(root);
  // A parent comes before its branches.
  std::erase_if(branches_, [&](const auto& entry) {
    return entry.second.parent >= 0 && !has(entry.second.parent);
  });
  if (!has(recalled_.branch)) recalled_ = {};
}

Branch Forest::forked(const Edit& edit, const SampleSettings& settings, const Condition& condition,
                      SharedModel model) {
  const PictureAtStep seen = lookup(edit.branch, edit.step, edit.picture);
  require(seen.x.sizes() == torch::IntArrayRef(model->shape),
          "Cannot go on with a model for pictures of another size. Choose the model that began "
          "them.");
  const Branch& parent = branch(edit.branch);
  const DegradationStack &undone = model->schedule.degradation(),
                         &made_worse_by = parent.levels.schedule.degradation();
  require(undone == made_worse_by, "Cannot go on with a model that undoes ", id_of(undone),
          ": these pictures were made worse by ", id_of(made_worse_by),
          ". Choose the model that began them.");
  Branch fork;
  fork.id = next_;
  fork.parent = parent.id;
  fork.fork = edit.step;
  fork.pictures = {edit.picture};
  fork.levels = parent.levels;
  fork.settings = settings_of_fork(settings, parent.settings);
  fork.conditions = parent.conditions;
  fork.conditions[std::size_t(edit.picture)] = condition;
  fork.model = std::move(model);
  fork.layers = edit.layers;
  fork.fill = edit.fill;
  const bool severity = fork.levels.schedule.has_severity();
  if (severity) fork.settings.seed = parent.settings.seed;  // What was lost stays what it was.
  if (edit.noise == NoiseSource::kFresh) require_noise(*fork.model, "Fresh noise");
  const Branch& root = root_above(parent);
  fork.start = root.start;
  const Edited edited =
      apply_edit(seen.x, seen.guess, seen.sigma, edit, worsening_at(fork, edit.step));
  fork.edited = edited.guess.unsqueeze(0);
  go_on_from(fork, edit, root, branch(seen.branch));
  fork.back = rewound(edit, {edited.x, fork.edited[0]}, fork.levels, fork.settings.seed);
  if (fork.back) {
    fork.on_path = false;
    fork.fork = fork.back.step;
    fork.parent = holder_of(parent.id, fork.fork, edit.picture).id;
  }
  fork.denoise = compose(fork);
  const Tensor x = fork.back ? fork.back.noisy(fork.sigma(fork.fork)) : edited.x.unsqueeze(0);
  fork.frames.push_back({x, {}, {}});
  return fork;
}

BranchId Forest::fork(const Edit& edit, const SampleSettings& settings, const Condition& condition,
                      SharedModel model, std::optional<BranchId> as) {
  return add(forked(edit, settings, condition, std::move(model)), as);
}

int Forest::advance(BranchId id, const Denoise& denoise) {
  Branch& branch = own(id);
  require(!branch.finished(), "Branch ", id, " is finished. Fork it to go another way.");
  const int step = branch.fork + int(branch.frames.size()) - 1;
  append(branch, next_frame(branch, step, branch.frames.back(), denoise));
  keep_within_budget();
  return branch.newest();
}

bool Forest::recall(BranchId id, int step) {
  const Branch& branch = this->branch(id);
  require_computed(branch, step);
  const int kept = kept_before(branch, step);
  if (kept == step || recalled_.holds(id, step)) return true;
  // On from the last one recalled, if that is no further off than the one that was kept.
  if (recalled_.branch != id || recalled_.begin > step || recalled_.end() <= kept)
    recalled_ = {id, kept + 1, {}};
  const int last = recalled_.end() - 1;
  const Frame& from = recalled_.frames.empty() ? branch.frames[std::size_t(kept - branch.fork)]
                                               : recalled_.frames.back();
  Frame next = next_frame(branch, last, from, branch.denoise);
  recalled_.frames.push_back(std::move(next));
  keep_within_budget();
  return recalled_.end() - 1 == step;
}

const Frame& Forest::frame(BranchId id, int step) {
  while (!recall(id, step)) continue;
  if (recalled_.holds(id, step)) return recalled_.frames[std::size_t(step - recalled_.begin)];
  const Branch& branch = this->branch(id);
  return branch.frames[std::size_t(step - branch.fork)];
}

PictureAtStep Forest::lookup(BranchId id, int step, int picture) {
  const Branch& asked = branch(id);
  require(step >= 0 && step <= asked.steps(), "There is no step ", step,
          ": branches of this batch have steps 0 to ", asked.steps(), ".");
  require(picture >= 0 && picture < asked.settings.count, "There is no picture ", picture,
          ": the batch has pictures 0 to ", asked.settings.count - 1, ".");
  const Branch& holder = holder_of(id, step, picture);
  const auto index = std::ranges::find(holder.pictures, picture) - holder.pictures.begin();
  const Frame& found = frame(holder.id, step);
  return {found.x[index], found.guess.clean[index], holder.sigma(step), holder.id};
}

const Branch& Forest::holder_of(BranchId id, int step, int picture) const {
  const Branch* holder = &branch(id);
  const auto runs = [&] {
    return std::ranges::find(holder->pictures, picture) != holder->pictures.end();
  };
  while (step < holder->fork || !runs()) holder = &branch(holder->parent);
  return *holder;
}

const Branch& Forest::root_above(const Branch& branch) const {
  const Branch* root = &branch;
  while (root->parent >= 0) root = &this->branch(root->parent);
  return *root;
}

const Branch& Forest::branch(BranchId id) const {
  const auto found = branches_.find(id);
  require(found != branches_.end(), "There is no branch ", id, ", or not any more.");
  return found->second;
}

std::int64_t Forest::bytes() const {
  std::int64_t bytes = bytes_of(recalled_.frames);
  for (const auto& [id, branch] : branches_) bytes += branch.bytes;
  return bytes;
}

void Forest::set_budget(std::int64_t budget) {
  budget_ = budget;
  keep_within_budget();
}

void Forest::require_computed(const Branch& branch, int step) const {
  require(step >= branch.fork && step <= branch.newest(), "Step ", step, " of branch ", branch.id,
          " is not computed yet. Let it run that far first.");
}

// The first frame, the newest, what a sampler remembers, and a move.
void Forest::require_room(const Branch& branch) const {
  constexpr int kTensors = 12;
  std::int64_t bytes =
      kTensors * std::int64_t(sizeof(float)) * std::int64_t(branch.pictures.size());
  for (const std::int64_t size : branch.model->shape) bytes *= size;
  require(bytes <= budget_, "A single step of ", branch.pictures.size(), " pictures takes ",
          bytes >> 20, " MiB, more than the ", budget_ >> 20,
          " MiB that frames may take. Ask for fewer pictures, or allow more memory.");
}

void Forest::keep_within_budget() {
  fit(std::views::values(branches_), budget_ - bytes_of(recalled_.frames), thin);
  if (bytes() <= budget_ || recalled_.frames.size() <= 1) return;
  recalled_ = {recalled_.branch, recalled_.end() - 1, {std::move(recalled_.frames.back())}};
}

}  // namespace stepwise
