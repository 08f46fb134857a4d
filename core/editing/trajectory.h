// The tree of branches of one batch of pictures: every frame of every step, never computed or
// stored twice, never overwritten. An edit forks a branch that runs the edited picture alone; all
// else is seen through it in the parent. A branch run again from the same values gives the same
// pixels. Worker thread.
#pragma once

#include <vector>

#include "diffusion/denoiser.h"
#include "diffusion/model.h"
#include "diffusion/sampler.h"
#include "diffusion/settings.h"
#include "editing/edit.h"

namespace stepwise {

// Pictures at one step, in the order of the branch's `pictures`: [n, C, H, W].
struct Frame {
  Tensor x;
  Guess guess;  // D(x, sigma); x itself at sigma = 0; undefined until it has been computed.
};

// One way through the noise levels. Step k is the frame before the k-th move; step `steps` is the
// finished picture.
struct Branch {
  BranchId id = 0;
  BranchId parent = -1;        // -1: the root.
  int fork = 0;                // The step of its first frame.
  std::vector<int> pictures;   // Those it runs itself; the others are the parent's.
  std::vector<int> labels;     // Of the whole batch; kNoClass where none was asked for.
  std::vector<double> sigmas;  // steps + 1 levels, falling, the last is 0.
  SampleSettings settings;
  SharedModel model;          // Runs it from its first frame to its last.
  std::vector<Frame> frames;  // Of the steps from `fork` on; only the newest may lack its guess.
  History history;            // Of the sampler, at the newest frame.

  int steps() const { return int(sigmas.size()) - 1; }
  int newest() const;  // The newest step whose frame is whole; fork - 1 if none is yet.
  bool finished() const { return newest() == steps(); }
  std::vector<int> own_labels()
      const;  // Of `pictures`, in their order: what its denoiser is given.
};

// D(x, sigma) of the pictures that a branch runs itself, in their order: what its sampling and
// every look ahead at it share.
Denoise compose(const Branch& branch);

// One picture at one step, and the branch that holds it.
struct Seen {
  Tensor x, guess;  // [C, H, W]
  double sigma = 0;
  BranchId branch = 0;
};

class Trajectory {
 public:
  // A tree of its root alone, at its starting noise; the root has the id `first`. Throws Error for
  // settings out of range or beyond memory.
  Trajectory(const SampleSettings& settings, SharedModel model, BranchId first = 0);

  // Starts a branch with the edited picture. From the settings it takes sampler, eta, guidance,
  // label and seed; the levels stay the parent's. Throws Error if the edit is of nothing that
  // exists, or the model for pictures of another shape.
  BranchId fork(const Edit& edit, const SampleSettings& settings, SharedModel model);
  // The branch that this would be, at its first frame, without starting it.
  Branch forked(const Edit& edit, const SampleSettings& settings, SharedModel model) const;

  // Computes one more frame of a branch: the guess at its first, afterwards one move and the guess
  // there. Returns its step. `denoise` is for own_labels(). If it throws, the branch is as before.
  int advance(BranchId branch, const Denoise& denoise);

  // A picture as a branch shows it: its own from the fork on, its parent's otherwise. Throws Error
  // if there is no such branch, step or picture, or its frame is not computed yet.
  Seen lookup(BranchId branch, int step, int picture) const;

  const Branch& branch(BranchId id) const;  // Throws Error if there is none.
  const std::vector<Branch>& branches() const { return branches_; }
  BranchId next_id() const { return first_ + BranchId(branches_.size()); }
  const Levels& levels() const { return levels_; }  // Of all branches.

 private:
  void reserve(const Branch& branch);  // Throws Error if that is too much.

  const Branch& root() const { return branches_.front(); }

  BranchId first_;
  Levels levels_;
  std::vector<Branch> branches_;  // In order of their ids, from first_.
  std::int64_t bytes_ = 0;        // That all branches will take when finished.
};

}  // namespace stepwise
