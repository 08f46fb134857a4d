#include "session/sampling.h"

#include <algorithm>

#include "diffusion/tensor_image.h"
#include "editing/begin.h"
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
          .layers = branch.layers,
          .fill = branch.fill,
          .start = branch.parent < 0 && branch.start ? std::optional(*branch.start) : std::nullopt};
}

Piece beginning(Forest& forest, const Sample& asked, SharedModel model) {
  Branch root = root_of(asked.settings, asked.conditions, std::move(model), asked.start);
  const bool climbs = asked.start && asked.start->kind == StartKind::kDdim;
  const auto climb = climbs ? std::make_shared<Climb>(root) : nullptr;
  const auto id = std::make_shared<std::optional<BranchId>>();
  const auto begin = [=, &forest, named = asked.model, root = std::move(root)](const Emit& emit) {
    *id = forest.start(root, climb ? climb->x() : Tensor());
    emit(announcement(forest.branch(**id), named));
    return true;
  };
  return [=, &forest, until = asked.until, run = Piece()](const Emit& emit) mutable {
    if (!*id && climb && climb->step()) {
      emit(Progress{climb->fraction(), "tracing the picture back to its noise"});
      return true;
    }
    if (!*id) return begin(emit);
    if (!run) run = running(forest, **id, until);
    return run(emit);
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
      emit(FrameReady{id, step, to_bytes(to_image_batch(branch.frames.back().guess.clean)),
                      forest.bytes()});
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
