// Commands that draw pictures and change them, see commands.h.
//
// Words: a *batch* is the set of pictures sampled together; a *branch* is one way through the noise
// levels (see editing/trajectory.h); *step* k of a branch is the frame before its k-th move, frame
// `steps` is the finished picture.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "engine/ids.h"
#include "fields.h"
#include "image/image.h"
#include "painting/edit.h"
#include "painting/mask_search.h"
#include "painting/start.h"
#include "settings/condition.h"
#include "settings/memory.h"
#include "settings/recipe.h"
#include "settings/sample_settings.h"

namespace stepwise {

// Starts a new tree of branches and runs its root.
struct Sample {
  ModelId model = kNoModel;
  SampleSettings settings;
  std::vector<Condition> conditions;  // One for each picture; see dealt().
  int until = -1;                     // Stop before this step; -1 runs to the end.
  std::optional<Start> start = {};    // None: from noise.
  bool operator==(const Sample&) const = default;
};
STEPWISE_FIELDS(Sample, model, settings, conditions, until, start)

// Goes on with a branch that stopped early, with the model that began it, up to `until` (-1: to the
// end).
struct Continue {
  BranchId branch;
  int until = -1;
};
STEPWISE_FIELDS(Continue, branch, until)

// Ends a tree of branches: nothing can be asked of it any more.
struct CloseTree {
  BranchId root = 0;
};
STEPWISE_FIELDS(CloseTree, root)

// Asks for a step of a branch in full, from the branch's fork to its newest step. Only the newest
// unanswered one is answered.
struct FetchFrame {
  BranchId branch = 0;
  int step = 0;
};
STEPWISE_FIELDS(FetchFrame, branch, step)

// How much memory the frames of all branches may take; those beyond it are computed again when they
// are asked for.
struct LimitFrames {
  std::int64_t bytes = kUsualFrameBudget;
};
STEPWISE_FIELDS(LimitFrames, bytes)

// An edit, and how it goes on from there.
struct Fork {
  ModelId model = kNoModel;
  Edit edit;
  SampleSettings settings;  // Sampler and guidance; the levels stay the parent's.
  Condition condition;      // Of the picture.
  bool operator==(const Fork&) const = default;
};
STEPWISE_FIELDS(Fork, model, edit, settings, condition)

// Forks a branch at the edit and lets the model carry on from there.
struct Resample {
  Fork fork;
  int until = -1;
  bool operator==(const Resample&) const = default;
};
STEPWISE_FIELDS(Resample, fork, until)

// How a branch began: asked for again, it gives the same pixels.
using Begun = std::variant<Sample, Resample>;
inline ModelId model_in(const Begun& begun) {
  const auto* sample = std::get_if<Sample>(&begun);
  return sample ? sample->model : std::get<Resample>(begun).fork.model;
}

// A branch that there was before, in this process or another one.
struct PastBranch {
  BranchId id = 0;
  Begun begun;
  bool operator==(const PastBranch&) const = default;
};
STEPWISE_FIELDS(PastBranch, id, begun)

// Begins branches again, as they were called, and runs them. One that cannot be begun is told of,
// and left out with what was forked from it.
struct Restore {
  std::vector<PastBranch> branches;  // Parents before their forks.
  BranchId reserved = 0;             // From now on no others are called by ids below this one.
};
STEPWISE_FIELDS(Restore, branches, reserved)

// Asks what Resample would begin with, without forking. Only the newest unanswered one is answered.
struct Preview {
  Fork fork;
};
STEPWISE_FIELDS(Preview, fork)

// Asks where Resample would lead, without forking: the guess of each step up to the finished
// picture. Only the newest unanswered one is answered, and a newer Preview ends it.
struct LookAhead {
  Fork fork;
};
STEPWISE_FIELDS(LookAhead, fork)

// Draws finished pictures, in portions, without keeping the steps.
struct Draw {
  ModelId model = kNoModel;
  SampleSettings settings;
  std::vector<Condition> conditions;  // One for each picture.
};
STEPWISE_FIELDS(Draw, model, settings, conditions)

// Asks where a picture would change with its class. Only the newest unanswered one is answered.
struct FindMask {
  ModelId model = kNoModel;
  Image picture;  // Clean, data units.
  Condition source, target;
  MaskSearch search;
};
STEPWISE_FIELDS(FindMask, model, picture, source, target, search)

// Samplers draw the same pictures from the same noise with so many evaluations each, and are
// compared with a long run: see settings/race.h. A Raced for each of their steps.
struct Race {
  ModelId model = kNoModel;
  SampleSettings settings;            // But for the sampler and its steps.
  std::vector<Condition> conditions;  // One for each picture.
  std::vector<SamplerKind> samplers;
  int evaluations = 13;  // Of D, by each sampler for a picture.
  bool operator==(const Race&) const = default;
};
STEPWISE_FIELDS(Race, model, settings, conditions, samplers, evaluations)

}  // namespace stepwise
