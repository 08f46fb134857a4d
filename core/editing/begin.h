// The first frame of a tree. Worker thread.
#pragma once

#include "editing/branch.h"

namespace stepwise {

// The root of a tree without its first frame: settings, conditions, levels, start, denoisers.
// Throws Error for settings out of range, for a start that the model cannot begin with, and unless
// there is a condition for each picture.
Branch root_of(const SampleSettings& settings, std::vector<Condition> conditions, SharedModel model,
               const std::optional<Start>& start);
// The same for many pictures at once, one for each of the batch, in place of the one of the start:
// [n, C, H, W].
Branch root_of(const SampleSettings& settings, std::vector<Condition> conditions, SharedModel model,
               const std::optional<Start>& start, Tensor pictures);

// What it begins with: x at its first level. Not for kDdim, which takes evaluations: see Climb.
Tensor first_x(const Branch& root);

// D' of these pictures of a tree that began with a known path.
Denoise source_of(const Branch& root, const std::vector<int>& pictures);

// Against the way of the sampler: from a picture to the noise that leads to it (DDIM inversion,
// Song et al. 2021a, section 4.3; each step solved, not only taken with the noise found before it),
// with the conditions and guidance of the start. The levels are visited from the last to the first.
class Climb {
 public:
  // `root`: of kind kDdim.
  explicit Climb(const Branch& root);

  // One level up; false at the top.
  bool step();
  double fraction() const;                // Of the way, 0 to 1.
  const Tensor& x() const { return x_; }  // At the first level, when it is done.

 private:
  Levels levels_;
  Denoise denoise_;
  int at_;  // x_ is at this step's level.
  Tensor x_;
};

}  // namespace stepwise
