#include "session/sampling.h"

#include <algorithm>

#include "diffusion/tensor_image.h"
#include "session/blank.h"

namespace stepwise {

BranchStarted announcement(const Branch& branch, ModelId model) {
  return {.id = branch.id,
          .parent = branch.parent,
          .fork = branch.fork,
          .pictures = branch.pictures,
          .conditions = branch.conditions,
          .sigmas = branch.levels.sigmas,
          .settings = branch.settings,
          .model = model,
          .layers = branch.layers};
}

BranchJob::BranchJob(Forest& forest, BranchId branch, int until)
    : forest_(forest), branch_(branch) {
  const int steps = forest.branch(branch).steps();
  until_ = until < 0 ? steps : std::min(until, steps);
}

bool BranchJob::step(const Emit& emit) {
  if (!forest_.has(branch_)) return false;
  const Branch& branch = forest_.branch(branch_);
  if (branch.newest() < until_) {
    const int step = forest_.advance(branch_);
    emit(FrameReady{branch_, step, to_bytes(to_image_batch(branch.frames.back().guess.clean)),
                    forest_.bytes()});
  }
  if (branch.finished()) {
    BlankPictures blank;
    blank.add(branch.frames.back().x);
    blank.tell(emit);
  }
  return branch.newest() < until_;
}

bool FetchJob::step(const Emit& emit) {
  if (!forest_.has(branch_)) return false;
  if (!forest_.recall(branch_, step_)) return true;
  const Frame& frame = forest_.frame(branch_, step_);
  emit(FrameFetched{branch_, step_, to_image_batch(frame.x), to_image_batch(frame.guess.clean)});
  return false;
}

}  // namespace stepwise
