// The ideal denoiser of a training set for one who sees but a neighborhood of each pixel: each
// pixel of the guess is a mean over the training pictures, weighted by how well they fit within the
// neighborhood alone (Kamb and Ganguli 2024, the local score machine). Neighboring pixels may
// follow different pictures, so that what it draws is new. Worker thread.
#pragma once

#include <torch/types.h>

#include <limits>
#include <vector>

#include "diffusion/denoiser.h"

namespace stepwise {

class LocalPatches {
 public:
  // `pixels`: bytes [M, C, H, W]; `labels`: [M] int64, from 0 to classes - 1. Of each class some
  // thousands are kept.
  LocalPatches(const Tensor& pixels, const Tensor& labels, int classes);

  // The guess for pictures x [N, C, H, W] from neighborhoods of `side` x `side` pixels, an odd
  // number, cut off where the picture ends. Of as many as the picture has or more it is the ideal
  // denoiser's.
  Tensor guesses(const Tensor& x, double sigma, int side, const std::vector<Condition>& told) const;

  // Odd sides from 3 to as far as a picture of this size goes.
  std::vector<int> sides() const;

 private:
  const Tensor& pictures_for(const Condition& told) const;

  std::vector<Tensor> of_class_;  // [m, C, H, W] in [-1, 1], the last of all classes together.
};

// How large a neighborhood should be: at each of some levels the side that guesses pictures best
// that were not trained on, no larger than at the level above. Found side by side, for a worker
// with other work to do in between.
class PatchSizes {
 public:
  // `clean`: [n, C, H, W] of these conditions.
  PatchSizes(const LocalPatches& patches, Tensor clean, std::vector<Condition> conditions);

  bool step();  // Tries a side; false when that was the last.
  double fraction() const;
  int side_at(double sigma) const;  // Of the level nearest to it, once that was found.

 private:
  const LocalPatches& patches_;
  Tensor clean_, noise_;
  std::vector<Condition> conditions_;
  std::vector<double> sigmas_;  // Falling.
  std::vector<int> best_;       // As far as it was found.
  std::vector<int> sides_;      // Left to try; the largest is tried next.
  int side_ = 0;                // The best of those tried at this level,
  double least_error_ = std::numeric_limits<double>::infinity();  //   and its error.
};

}  // namespace stepwise
