#include "engine/sampling.h"

#include <algorithm>

#include "diffusion/tensor_image.h"
#include "engine/blank.h"
#include "error.h"

namespace stepwise {
namespace {

FrameReady frame_ready(const Branch& branch, int step) {
  const Frame& frame = branch.frames[std::size_t(step - branch.fork)];
  return {branch.id, step, branch.sigmas[std::size_t(step)], to_image_batch(frame.x),
          to_image_batch(frame.guess.clean)};
}

}  // namespace

BranchStarted announcement(const Branch& branch, ModelSource source) {
  return {branch.id,     branch.parent, branch.fork,     branch.pictures,
          branch.labels, branch.sigmas, branch.settings, source};
}

BranchJob::BranchJob(const std::shared_ptr<Trajectory>& tree, BranchId branch, int until,
                     Source source)
    : tree_(tree), branch_(branch), source_(std::move(source)) {
  const int steps = tree->branch(branch).steps();
  until_ = until < 0 ? steps : std::min(until, steps);
}

bool BranchJob::step(const Emit& emit) {
  const auto tree = tree_.lock();
  if (!tree) return false;
  const Branch& branch = tree->branch(branch_);
  if (branch.newest() < until_) {
    const auto denoise = source_.denoiser(branch.own_labels(), branch.settings);
    emit(frame_ready(branch, tree->advance(branch_, denoise)));
  }
  if (branch.finished()) {
    BlankPictures blank;
    blank.add(branch.frames.back().x);
    blank.tell(emit);
  }
  return branch.newest() < until_;
}

}  // namespace stepwise
