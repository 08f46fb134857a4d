#include "session/sampling.h"

#include <algorithm>

#include "diffusion/tensor_image.h"
#include "session/blank.h"

namespace stepwise {
namespace {

FrameReady frame_ready(const Branch& branch, int step) {
  const Frame& frame = branch.frames[std::size_t(step - branch.fork)];
  return {branch.id, step, branch.sigmas[std::size_t(step)], to_image_batch(frame.x),
          to_image_batch(frame.guess.clean)};
}

}  // namespace

BranchStarted announcement(const Branch& branch, ModelId model) {
  return {.id = branch.id,
          .parent = branch.parent,
          .fork = branch.fork,
          .pictures = branch.pictures,
          .conditions = branch.conditions,
          .sigmas = branch.sigmas,
          .settings = branch.settings,
          .model = model,
          .layers = branch.layers};
}

BranchJob::BranchJob(const std::shared_ptr<Trajectory>& tree, BranchId branch, int until)
    : tree_(tree), branch_(branch) {
  const int steps = tree->branch(branch).steps();
  until_ = until < 0 ? steps : std::min(until, steps);
}

bool BranchJob::step(const Emit& emit) {
  const auto tree = tree_.lock();
  if (!tree) return false;
  const Branch& branch = tree->branch(branch_);
  if (branch.newest() < until_) emit(frame_ready(branch, tree->advance(branch_)));
  if (branch.finished()) {
    BlankPictures blank;
    blank.add(branch.frames.back().x);
    blank.tell(emit);
  }
  return branch.newest() < until_;
}

}  // namespace stepwise
