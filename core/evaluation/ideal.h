// The ideal denoiser of a training set: the exact posterior mean over its pictures. It shows what a
// perfect network would answer, and that it would only ever copy. Worker thread.
#pragma once

#include <torch/torch.h>

#include "diffusion/denoiser.h"

namespace stepwise {

class IdealDenoiser {
 public:
  // `pictures` [M, ...], clean; kept as one float matrix [M, D].
  explicit IdealDenoiser(const Tensor& pictures);

  struct Answer {
    Tensor guess;       // In the shape of x.
    int nearest = 0;    // The picture with the largest weight, and
    double weight = 0;  //   that weight.
  };

  // sum_i w_i picture_i with w = softmax_i(-|x - picture_i|^2 / (2 sigma^2)) (Karras et al. 2022,
  // Eq. 57), for one picture x. sigma = 0: the nearest picture.
  Answer operator()(const Tensor& x, double sigma) const;

  std::int64_t count() const { return pictures_.size(0); }

 private:
  Tensor pictures_;      // [M, D]
  Tensor half_squares_;  // |picture|^2 / 2, [M], double.
};

}  // namespace stepwise
