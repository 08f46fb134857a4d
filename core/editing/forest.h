// The trees of branches: the frames of every step, never overwritten. An edit forks a branch that
// runs the edited picture alone; all else is seen through it in the parent. A branch run again from
// the same values gives the same pixels, so where frames take more memory than they may, only some
// are kept and the others are computed again when asked for, to the bit. Worker thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "editing/branch.h"
#include "settings/memory.h"

namespace stepwise {

// One picture at one step, and the branch that holds it.
struct PictureAtStep {
  Tensor x, guess;  // [C, H, W]
  double sigma = 0;
  BranchId branch = 0;
};

class Forest {
 public:
  // `budget`: bytes that frames may take.
  explicit Forest(std::int64_t budget = kUsualFrameBudget) : budget_(budget) {}

  // From now on branches are called by ids below this one only if they are asked for.
  void reserve(BranchId end) { next_ = std::max(next_, end); }

  // A new tree, of its root alone, which is a root_of(), at its first frame: this x or, without
  // one, first_x(). It is called `as` if that is given. Throws Error for pictures that cannot be
  // run within the budget, and where there is a branch `as` already.
  BranchId start(Branch root, Tensor x = {}, std::optional<BranchId> as = {});
  // The same of plain noise. Throws Error also for settings out of range, and unless there is a
  // condition for each picture.
  BranchId start(const SampleSettings& settings, std::vector<Condition> conditions,
                 SharedModel model);
  // Ends the tree of this root. Throws Error if there is none.
  void close(BranchId root);

  // Starts a branch with the edited picture, at its step or at that which its layers go back to.
  // From the settings it takes sampler, eta, guidance and seed; the levels stay the parent's.
  // Throws Error if the edit is of nothing that exists, or the model for pictures of another shape.
  BranchId fork(const Edit& edit, const SampleSettings& settings, const Condition& condition,
                SharedModel model, std::optional<BranchId> as = {});
  // The branch that this would be, at its first frame, without starting it.
  Branch forked(const Edit& edit, const SampleSettings& settings, const Condition& condition,
                SharedModel model);

  // Computes one more frame of a branch: the guess at its first, afterwards one move and the guess
  // there. Returns its step. If it throws, the branch is as before.
  int advance(BranchId branch) { return advance(branch, this->branch(branch).denoise); }
  int advance(BranchId branch, const Denoise& denoise);  // With another denoiser.

  // One piece of the work that it takes to have a frame at hand; true when frame() has it.
  bool recall(BranchId branch, int step);
  // A branch's own frame, computed again where it was dropped. Throws Error if there is no such
  // branch or step, or it is not computed yet. Good until the next call that is not const.
  const Frame& frame(BranchId branch, int step);
  // A picture as a branch shows it: its own from the fork on, its parent's otherwise. Throws Error
  // likewise.
  PictureAtStep lookup(BranchId branch, int step, int picture);

  bool has(BranchId branch) const { return branches_.contains(branch); }
  const Branch& branch(BranchId id) const;  // Throws Error if there is none.

  std::int64_t bytes() const;  // That all frames take.
  // From now on. What is dropped already stays so.
  void set_budget(std::int64_t budget);

 private:
  // Frames of one branch that were dropped and are computed again: of the steps from `begin` on.
  struct Recalled {
    BranchId branch = -1;
    int begin = 0;
    std::vector<Frame> frames;
    int end() const { return begin + int(frames.size()); }
    bool holds(BranchId id, int step) const {
      return branch == id && begin <= step && step < end();
    }
  };

  BranchId add(Branch branch, std::optional<BranchId> as);
  Branch& own(BranchId id) { return const_cast<Branch&>(branch(id)); }
  // Which one runs it there: itself, or the next one above that does.
  const Branch& holder_of(BranchId branch, int step, int picture) const;
  const Branch& root_above(const Branch& branch) const;
  void require_computed(const Branch& branch, int step) const;
  void require_room(const Branch& branch) const;
  void keep_within_budget();

  std::int64_t budget_;
  BranchId next_ = 0;  // Never given twice, unless it is asked for.
  std::map<BranchId, Branch> branches_;
  Recalled recalled_;
};

}  // namespace stepwise
