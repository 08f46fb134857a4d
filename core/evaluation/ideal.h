// The ideal denoiser of a training set: the exact posterior mean over its pictures, or over those
// of the class that it is told. It shows what a perfect network would answer, and that it would
// only ever copy. Worker thread.
#pragma once

#include <torch/types.h>

#include <map>
#include <vector>

#include "diffusion/denoiser.h"

namespace stepwise {

class IdealDenoiser {
 public:
  // `pictures` [M, ...], clean; kept as one float matrix [M, D]. `labels`: the class of each; where
  // there are none, no class can be told. `numbers`: what an answer calls each of them by; where
  // there are none, they are counted from 0.
  explicit IdealDenoiser(const Tensor& pictures, const std::vector<int>& labels = {},
                         std::vector<int> numbers = {});

  // What it can make of it: the class where there are pictures of it, else nothing.
  Condition known(const Condition& told) const;

  struct Answer {
    Tensor guess;       // In the shape of x.
    int nearest = 0;    // The number of the picture with the largest weight, and
    double weight = 0;  //   that weight.
  };

  // sum_i w_i picture_i with w = softmax_i(-|x - picture_i|^2 / (2 sigma^2)) (Karras et al. 2022,
  // Eq. 57), for one picture x, over the pictures of the class that is told: E[y | x, class]. Where
  // that is not known, over all. sigma = 0: the nearest picture.
  Answer operator()(const Tensor& x, double sigma, const Condition& told = {}) const;

  // The guesses alone, of pictures x [N, ...]. Neighbours that are told the same share the work.
  Tensor guesses(const Tensor& x, double sigma, const std::vector<Condition>& told) const;

  std::int64_t count() const { return pictures_.size(0); }

 private:
  struct Rows {
    std::int64_t first = 0, last = 0;
  };
  struct Posterior {
    Tensor mean;     // [N, D]
    Tensor nearest;  // [N], rows.
    Tensor weight;   // [N]
  };
  Rows rows_of(const Condition& told) const;
  Posterior posterior(const Tensor& x, double sigma, const Rows& rows) const;

  Tensor pictures_;               // [M, D], class by class.
  Tensor half_squares_;           // |picture|^2 / 2, [M], double.
  std::vector<int> numbers_;      // Of the picture in each row.
  std::map<int, Rows> of_class_;  // Those that there are pictures of.
};

}  // namespace stepwise
