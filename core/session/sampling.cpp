#include "session/sampling.h"

#include <algorithm>

#include "diffusion/tensor_image.h"
#include "editing/begin.h"
#include "image/sha256.h"
#include "session/blank.h"

namespace stepwise {

BranchStarted announcement(const Branch& branch, Begun begun) {
  return {.id = branch.id,
          .parent = branch.parent,
          .fork = branch.fork,
          .pictures = branch.pictures,
          .conditions = branch.conditions,
          .sigmas = branch.levels.sigmas,
          .degradation = branch.levels.schedule.degradation(),
          .settings = branch.settings,
          .model = model_in(begun),
          .layers = branch.layers,
          .fill = branch.fill,
          .begun = std::move(begun)};
}

Piece beginning(Forest& forest, const Sample& asked, SharedModel model,
                std::optional<BranchId> as) {
  Branch root = root_of(asked.settings, asked.conditions, std::move(model), asked.start);
  const bool climbs = asked.start && asked.start->kind == StartKind::kDdim;
  const auto climb = climbs ? std::make_shared<Climb>(root) : nullptr;
  return [=, &forest, root = std::move(root), run = Piece()](const Emit& emit) mutable {
    if (run) return run(emit);
    if (climb && climb->step()) {
      emit(Progress{climb->fraction(), "tracing the picture back to its noise"});
      return true;
    }
    const BranchId id = forest.start(std::move(root), climb ? climb->x() : Tensor(), as);
    emit(announcement(forest.branch(id), asked));
    run = running(forest, id, asked.until);
    return true;
  };
}

Piece beginning(Forest& forest, const Resample& asked, SharedModel model,
                std::optional<BranchId> as) {
  return [=, &forest, run = Piece()](const Emit& emit) mutable {
    if (run) return run(emit);
    const auto& [name, edit, settings, condition] = asked.fork;
    const BranchId id = forest.fork(edit, settings, condition, model, as);
    emit(announcement(forest.branch(id), asked));
    run = running(forest, id, asked.until);
    return true;
  };
}

Piece running(Forest& forest, BranchId id, int until) {
  const int steps = forest.branch(id).steps();
  const int end = until < 0 ? steps : std::min(until, steps);
  return [&forest, id, end](const Emit& emit) {
    if (!forest.has(id)) return false;
    const Branch& branch = forest.branch(id);
    if (branch.newest() < end) {
      const int step = forest.advance(id);
      const ImageBatch guess = to_image_batch(branch.frames.back().guess.clean);
      emit(FrameReady{id, step, to_bytes(guess), forest.bytes(),
                      branch.finished() ? pixels_sha256(guess) : ""});
    }
    if (branch.finished()) {
      BlankPictures blank;
      blank.add(branch.frames.back().x);
      blank.tell(emit);
    }
    return branch.newest() < end;
  };
}

Piece fetching(Forest& forest, const FetchFrame& asked) {
  return [&forest, id = asked.branch, step = asked.step](const Emit& emit) {
    if (!forest.has(id)) return false;
    if (!forest.recall(id, step)) return true;
    const Frame& frame = forest.frame(id, step);
    emit(FrameFetched{id, step, to_image_batch(frame.x), to_image_batch(frame.guess.clean)});
    return false;
  };
}

}  // namespace stepwise
