// A Gaussian for each class of pictures: what is left of a data set when nothing but its means and
// covariances is kept. For such data the denoiser and the way from noise to picture are known in
// closed form, so that a model can begin where they are about right. Worker thread.
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <vector>

#include "diffusion/denoiser.h"

namespace stepwise {

// K Gaussians of pictures with D values each, the last of all classes together. Along R principal
// axes each has its own variance, across them one for all.
struct ClassGaussians {
  Tensor means;      // [K, D]
  Tensor axes;       // [K, D, R], orthonormal.
  Tensor variances;  // [K, R], falling.
  Tensor rest;       // [K]

  int classes() const { return int(means.size(0)) - 1; }
};

// Fits them class by class, for a worker with other work to do in between.
class GaussianFit {
 public:
  // `pixels`: bytes, [M, C, H, W]. `labels`: [M] int64, from 0 to classes - 1.
  GaussianFit(Tensor pixels, Tensor labels, int classes);

  bool step();  // The next class; false when that was the last.
  double fraction() const { return double(fitted_.size()) / (classes_ + 1); }
  ClassGaussians take() const;  // When all are fitted. A class without pictures has that of all.

 private:
  struct Gaussian {
    Tensor mean, axes, variances, rest;
  };
  static Gaussian fit(const Tensor& pictures, std::int64_t rank);  // [m, D]

  Tensor pixels_, labels_;
  int classes_;
  std::vector<Gaussian> fitted_;
};

// E[clean | x] of such data, for pictures of these conditions.
Denoise gaussian_denoiser(const ClassGaussians& gaussians,
                          const std::vector<Condition>& conditions);

// Where the probability-flow ODE of that denoiser takes noise [N, C, H, W] of unit variance, from
// infinitely far above: x at this level. Each axis grows with sqrt(variance + sigma^2), exactly.
Tensor gaussian_start(const ClassGaussians& gaussians, const std::vector<Condition>& conditions,
                      const Tensor& noise, double sigma);

}  // namespace stepwise
