// The tree of branches of one batch of pictures: every frame of every step, never computed or
// stored twice, never overwritten. An edit forks a branch that runs the edited picture alone; all
// else is seen through it in the parent. A branch run again from the same values gives the same
// pixels. Worker thread.
#pragma once

#include <vector>

#include "editing/branch.h"

namespace stepwise {

// One picture at one step, and the branch that holds it.
struct PictureAtStep {
  Tensor x, guess;  // [C, H, W]
  double sigma = 0;
  BranchId branch = 0;
};

class Trajectory {
 public:
  // A tree of its root alone, at its starting noise; the root has the id `first`. Throws Error for
  // settings out of range or beyond memory, and unless there is a condition for each picture.
  Trajectory(const SampleSettings& settings, std::vector<Condition> conditions, SharedModel model,
             BranchId first = 0);

  // Starts a branch with the edited picture. From the settings it takes sampler, eta, guidance and
  // seed; the levels stay the parent's. Throws Error if the edit is of nothing that exists, or the
  // model for pictures of another shape.
  BranchId fork(const Edit& edit, const SampleSettings& settings, const Condition& condition,
                SharedModel model);
  // The branch that this would be, at its first frame, without starting it.
  Branch forked(const Edit& edit, const SampleSettings& settings, const Condition& condition,
                SharedModel model) const;

  // Computes one more frame of a branch: the guess at its first, afterwards one move and the guess
  // there. Returns its step. If it throws, the branch is as before.
  int advance(BranchId branch) { return advance(branch, this->branch(branch).denoise); }
  int advance(BranchId branch, const Denoise& denoise);  // With another denoiser.

  // A picture as a branch shows it: its own from the fork on, its parent's otherwise. Throws Error
  // if there is no such branch, step or picture, or its frame is not computed yet.
  PictureAtStep lookup(BranchId branch, int step, int picture) const;

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
