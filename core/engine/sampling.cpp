#include "engine/sampling.h"

#include <algorithm>
#include <chrono>

#include "diffusion/tensor_image.h"
#include "engine/blank.h"
#include "error.h"

namespace stepwise {
namespace {

BranchStarted announcement(const Branch& branch, ModelSource source) {
  return {branch.id,     branch.parent, branch.fork,     branch.pictures,
          branch.labels, branch.sigmas, branch.settings, source};
}

FrameReady frame_ready(const Branch& branch, int step) {
  const Frame& frame = branch.frames[std::size_t(step - branch.fork)];
  return {branch.id, step, branch.sigmas[std::size_t(step)], to_image_batch(frame.x),
          to_image_batch(frame.guess.clean)};
}

}  // namespace

void Sampling::start(const Sample& command, const Source& source, ModelSource name,
                     const Emit& emit) {
  Trajectory trajectory(command.settings, source.classes.count, source.shape,
                        torch::TensorOptions().device(source.device), source.schedule);
  runs_.clear();
  trajectory_.emplace(std::move(trajectory));
  emit(announcement(trajectory_->branch(0), name));
  run(0, command.until);
}

void Sampling::resample(const Resample& command, const Source& source, ModelSource name,
                        const Emit& emit) {
  require(
      trajectory().branch(0).frames[0].x.sizes().slice(1) == torch::IntArrayRef(source.shape),
      "Cannot go on with a model for pictures of another size. Choose the model that began them.");
  const BranchId id = trajectory_->fork(command.edit, command.settings);
  emit(announcement(trajectory_->branch(id), name));
  run(id, command.until);
}

void Sampling::go_on(const Continue& command) {
  if (trajectory().branch(command.branch).finished()) return;
  run(command.branch, command.until);
}

void Sampling::run(BranchId branch, int until) {
  std::erase_if(runs_, [&](const Run& r) { return r.branch == branch; });
  const int steps = trajectory_->branch(branch).steps();
  runs_.push_back({branch, until < 0 ? steps : std::min(until, steps)});
}

void Sampling::stop(const Emit& emit) {
  for (const Run& r : runs_) emit(BranchPaused{r.branch, trajectory_->branch(r.branch).newest()});
  runs_.clear();
}

void Sampling::step(const Source& source, const Emit& emit) {
  Run current = runs_.back();
  runs_.pop_back();  // Put back below, unless the step throws.
  const auto start = std::chrono::steady_clock::now();
  const Branch& branch = trajectory_->branch(current.branch);
  if (branch.newest() < current.until) {
    try {
      const auto denoise = source.denoiser(branch.own_labels(), branch.settings);
      emit(frame_ready(branch, trajectory_->advance(current.branch, denoise)));
    } catch (const std::exception&) {  // What went wrong is told by the caller.
      emit(BranchPaused{current.branch, branch.newest()});
      throw;
    }
  }
  current.seconds +=
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (branch.finished()) {
    BlankPictures blank;
    blank.add(branch.frames.back().x);
    blank.tell(emit);
    emit(BranchDone{current.branch, current.seconds});
  } else if (branch.newest() >= current.until) {
    emit(BranchPaused{current.branch, branch.newest()});
  } else {
    runs_.push_back(current);
  }
}

const Trajectory& Sampling::trajectory() const {
  require(trajectory_.has_value(), "There is nothing to continue yet. Sample first.");
  return *trajectory_;
}

}  // namespace stepwise
