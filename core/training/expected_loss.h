// What the loss of a picture is at its noise level: the mean of those that came lately. A loss that
// is divided by it counts as much at one level as at any other (Kendall et al. 2018; Karras et al.
// 2024, equations 21 and 22, have a small network learn what is here counted). Worker thread only.
#pragma once

#include <torch/types.h>

#include "training/parameter_layout.h"

namespace stepwise {

class ExpectedLoss {
 public:
  explicit ExpectedLoss(torch::Device device);

  // At these levels, [N]: straight in ln sigma between 31 places, six in a tenfold from 0.002 to
  // 200, and beyond them as at the last one; where no loss was noted, 1, and nowhere less than a
  // millionth.
  torch::Tensor at(const torch::Tensor& levels) const;

  // Takes in losses at levels, both [N], each at the two places beside its level, at the nearer one
  // for more. The mean of a place is that of all its losses, where they are many that of the last
  // ones. None where `sound`, [], is 0, nor any that is not finite.
  void note(const torch::Tensor& levels, const torch::Tensor& losses, const torch::Tensor& sound);

  // What it knows, with names for a file; they share storage with it.
  NamedTensors state() const { return {{"mean", means_}, {"count", counts_}}; }

 private:
  torch::Tensor shares(const torch::Tensor& levels) const;

  torch::Tensor means_, counts_;  // At each place; how many losses a mean is of.
  torch::Tensor places_;          // 0, 1, 2, ...
};

}  // namespace stepwise
