#include "editing/trajectory.h"

#include <algorithm>
#include <utility>

#include "diffusion/at_step.h"
#include "diffusion/noise.h"
#include "editing/apply.h"

namespace stepwise {
namespace {

constexpr std::int64_t kMaxBytes = std::int64_t(2) << 30;  // Of all frames of a tree.

// What a fork asks for, on the levels and the batch of its parent.
SampleSettings settings_of_fork(SampleSettings wanted, const SampleSettings& parent) {
  wanted.count = parent.count;
  wanted.grid = parent.grid;
  wanted.steps = parent.steps;
  wanted.sigma_min = parent.sigma_min;
  wanted.sigma_max = parent.sigma_max;
  wanted.rho = parent.rho;
  wanted.options.timesteps = parent.options.timesteps;
  wanted.options.mu = parent.options.mu;
  check(wanted);
  return wanted;
}

// A finished picture has nothing left to guess: it is what the denoiser makes of it.
Frame frame_at(const Denoise& denoise, const Tensor& x, double sigma) {
  const Guess guess = denoise(x, sigma);
  return {sigma == 0 ? guess.clean : x, guess};
}

}  // namespace

int Branch::newest() const {
  return fork + int(frames.size()) - (frames.back().guess.defined() ? 1 : 2);
}

std::vector<Condition> Branch::own_conditions() const {
  std::vector<Condition> own;
  for (const int picture : pictures) own.push_back(conditions[std::size_t(picture)]);
  return own;
}

Trajectory::Trajectory(const SampleSettings& settings, std::vector<Condition> conditions,
                       SharedModel model, BranchId first)
    : first_(first), levels_(levels_of(settings, model->schedule)) {
  require(int(conditions.size()) == settings.count, "There are ", conditions.size(),
          " conditions for ", settings.count, " pictures. Give one for each.");
  Branch root;
  root.id = first;
  root.sigmas = levels_.sigmas;
  root.conditions = std::move(conditions);
  root.settings = settings;
  root.pictures = picture_range(0, settings.count);
  root.model = std::move(model);
  root.denoise = compose(root);
  reserve(root);
  const PictureNoise noise(settings.seed, root.pictures);
  const auto options = torch::TensorOptions().device(root.model->device);
  root.frames.push_back(
      {levels_.start * noise.draw(NoiseUse::kStart, 0, root.model->shape, options), {}});
  branches_.push_back(std::move(root));
}

Branch Trajectory::forked(const Edit& edit, const SampleSettings& settings,
                          const Condition& condition, SharedModel model) const {
  const PictureAtStep seen = lookup(edit.branch, edit.step, edit.picture);
  require(seen.x.sizes() == torch::IntArrayRef(model->shape),
          "Cannot go on with a model for pictures of another size. Choose the model that began "
          "them.");
  const Branch& parent = branch(edit.branch);
  Branch fork;
  fork.id = next_id();
  fork.parent = parent.id;
  fork.fork = edit.step;
  fork.pictures = {edit.picture};
  fork.sigmas = parent.sigmas;
  fork.settings = settings_of_fork(settings, parent.settings);
  fork.conditions = parent.conditions;
  fork.conditions[std::size_t(edit.picture)] = condition;
  fork.model = std::move(model);
  fork.layers = edit.layers;
  const Edited edited = apply_edit(seen.x, seen.guess, seen.sigma, edit);
  fork.edited = edited.guess.unsqueeze(0);
  fork.denoise = compose(fork);
  fork.frames.push_back({edited.x.unsqueeze(0), {}});
  return fork;
}

BranchId Trajectory::fork(const Edit& edit, const SampleSettings& settings,
                          const Condition& condition, SharedModel model) {
  Branch branch = forked(edit, settings, condition, std::move(model));
  reserve(branch);
  branches_.push_back(std::move(branch));
  return branches_.back().id;
}

int Trajectory::advance(BranchId id, const Denoise& denoise) {
  require(!branch(id).finished(), "Branch ", id, " is finished. Fork it to go another way.");
  Branch& branch = branches_[std::size_t(id - first_)];
  const int step = branch.fork + int(branch.frames.size()) - 1;
  Frame& newest = branch.frames.back();
  if (!newest.guess.defined()) {
    newest =
        at_step(step, levels_, [&] { return frame_at(denoise, newest.x, branch.sigmas[step]); });
    return step;
  }
  History history = branch.history;
  const PictureNoise noise(branch.settings.seed, branch.pictures);
  const Tensor x = at_step(step, levels_, [&] {
    return finite_pictures(next_x(branch.settings, levels_, step, denoise, newest.x, newest.guess,
                                  history, step_noise(noise, step)));
  });
  Frame next =
      at_step(step + 1, levels_, [&] { return frame_at(denoise, x, branch.sigmas[step + 1]); });
  newest.guess.variance.reset();  // Has served.
  branch.frames.push_back(std::move(next));
  branch.history = std::move(history);
  return step + 1;
}

PictureAtStep Trajectory::lookup(BranchId id, int step, int picture) const {
  const Branch& asked = branch(id);
  require(step >= 0 && step <= asked.steps(), "There is no step ", step,
          ": branches of this batch have steps 0 to ", asked.steps(), ".");
  require(picture >= 0 && picture < asked.settings.count, "There is no picture ", picture,
          ": the batch has pictures 0 to ", asked.settings.count - 1, ".");
  const Branch* holder = &asked;
  const auto index = [&] {
    const auto found = std::find(holder->pictures.begin(), holder->pictures.end(), picture);
    return found == holder->pictures.end() ? -1 : int(found - holder->pictures.begin());
  };
  while (step < holder->fork || index() < 0) holder = &this->branch(holder->parent);
  require(step <= holder->newest(), "Step ", step, " of branch ", holder->id,
          " is not computed yet. Let it run that far first.");
  const Frame& frame = holder->frames[step - holder->fork];
  return {frame.x[index()], frame.guess.clean[index()], holder->sigmas[step], holder->id};
}

const Branch& Trajectory::branch(BranchId id) const {
  require(id >= first_ && id < next_id(), "There is no branch ", id, ": those on screen are ",
          first_, " to ", next_id() - 1, ".");
  return branches_[std::size_t(id - first_)];
}

void Trajectory::reserve(const Branch& branch) {
  std::int64_t bytes = 2 * std::int64_t(sizeof(float)) * std::int64_t(branch.pictures.size()) *
                       (branch.steps() - branch.fork + 1);
  for (const std::int64_t size : branch.model->shape) bytes *= size;
  require(bytes_ + bytes <= kMaxBytes, "Keeping every step would take ", (bytes_ + bytes) >> 20,
          " MiB, more than the ", kMaxBytes >> 20,
          " MiB allowed. Ask for fewer pictures or fewer steps.");
  bytes_ += bytes;
}

}  // namespace stepwise
