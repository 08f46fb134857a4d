// What is told of pictures as they are drawn and changed, see events.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/drawing_commands.h"
#include "fields.h"
#include "image/image.h"
#include "painting/edit.h"
#include "settings/condition.h"
#include "settings/degradation.h"
#include "settings/sample_settings.h"

namespace stepwise {

struct BranchStarted {
  BranchId id = 0;
  BranchId parent = -1;               // -1: the root of a new tree.
  int fork = 0;                       // The step it leaves its parent at.
  std::vector<int> pictures;          // Those it runs itself; the others are the parent's.
  std::vector<Condition> conditions;  // Of the whole batch.
  std::vector<double> sigmas;         // steps + 1 levels, falling, the last is 0.
  DegradationStack degradation = Degradation::kNoise;  // That these are levels of.
  SampleSettings settings;
  ModelId model = kNoModel;  // Runs it, as it was when the branch began.
  Layers layers;             // Of the edit that it begins with.
  FillIn fill;
  Begun begun;  // What was asked for.
};
STEPWISE_FIELDS(BranchStarted, id, parent, fork, pictures, conditions, sigmas, degradation,
                settings, model, layers, fill, begun)

// A tree is not there any more, with all its branches.
struct TreeClosed {
  BranchId root = 0;
  std::int64_t bytes = 0;  // That the frames of all others take.
};
STEPWISE_FIELDS(TreeClosed, root, bytes)

// One more step of a branch has been computed.
struct FrameReady {
  BranchId branch = 0;
  int step = 0;
  ByteBatch guess;          // To look at: D(x, sigma) of the branch's `pictures`, in their order.
  std::int64_t bytes = 0;   // That the frames of all branches take by now.
  std::string sha256 = {};  // Of the last step: fingerprint of its pictures, see pixels_sha256().
};
STEPWISE_FIELDS(FrameReady, branch, step, guess, bytes, sha256)

// A step in full, as asked: pictures in the order of the branch's `pictures`.
struct FrameFetched {
  BranchId branch = 0;
  int step = 0;
  ImageBatch noisy;  // x
  ImageBatch guess;  // D(x, sigma); the finished picture itself at sigma = 0.
};
STEPWISE_FIELDS(FrameFetched, branch, step, noisy, guess)

struct PreviewReady {
  Edit edit;               // As asked.
  Image noisy;             // The edited picture at the level of its step.
  Image guess;             // What the model makes of it.
  double noise_level = 0;  // Standard deviation of noisy - guess, to compare with sigma.
  double sigma = 0;
  // How noisy each place looks to the meter, in units of sigma; empty where no meter knows such
  // pictures.
  Image levels;
};
STEPWISE_FIELDS(PreviewReady, edit, noisy, guess, noise_level, sigma, levels)

// One more step of a look ahead. Few-step weights tell of the last step at once, not finished yet:
// what it comes to by their guess; then the steps before it are left out.
struct SeenAhead {
  Edit edit;  // As asked.
  int step = 0;
  Image guess;  // D(x, sigma) there; the finished picture at the last step.
  bool finished = false;
};
STEPWISE_FIELDS(SeenAhead, edit, step, guess, finished)

struct Drawn {
  int first = 0;
  ImageBatch pictures;
  std::vector<Condition> conditions;
};
STEPWISE_FIELDS(Drawn, first, pictures, conditions)

struct MaskFound {
  Image mask;        // How much of each pixel is to change, 0 to 1: one channel.
  Image difference;  // What it was made of: as a share of the largest.
};
STEPWISE_FIELDS(MaskFound, mask, difference)

// A sampler of a race has a newer guess; the long run that all are compared with tells of its end
// alone, before them.
struct Raced {
  SamplerKind sampler = SamplerKind::kEuler;
  bool reference = false;  // It is that run.
  int steps = 0;           // In all.
  int evaluations = 0;     // Of D for each picture, when this guess was known.
  double distance = 0;     // To the end of the long run: root mean square over all pictures.
  bool finished = false;   // The guess is the finished pictures.
  ByteBatch guess;         // To look at.
};
STEPWISE_FIELDS(Raced, sampler, reference, steps, evaluations, distance, finished, guess)

}  // namespace stepwise
