// Losses that can be compared between any two moments and any two runs on a data set: always the
// same pictures, noise and levels. Worker thread only.
#pragma once

#include <torch/types.h>

#include "data/dataset.h"
#include "diffusion/regression.h"
#include "model/unet.h"
#include "settings/points.h"

namespace stepwise {

// What is always asked: pictures with noise at levels that lie evenly over all bins, rising; so
// many in each bin.
struct Triples {
  torch::Tensor chosen;        // [N] int64: which of the pictures.
  torch::Tensor clean, noise;  // [N, C, H, W]
  torch::Tensor levels;        // [N]

  Triples in_bin(std::int64_t bin) const;  // Those of one of kLevelBins.
};
Triples triples_of(const Pictures& pictures, const Regressor& regressor);

class HeldOut {
 public:
  // Errors are those of the clean picture and count as EDM weights them, whatever the recipe does,
  // so that runs can be compared; those of severities count the same.
  HeldOut(const Dataset& data, const Regressor& regressor);

  // Losses of this network; `step` is only passed on.
  HeldOutPoint evaluate(UNet2DModel& net, std::int64_t step) const;

 private:
  struct Half {
    Regression regression;
    torch::Tensor labels;
  };
  static Half half_of(const Pictures& pictures, const Regressor& regressor);
  static torch::Tensor losses(UNet2DModel& net, const Half& half);

  Half train_, test_;
};

}  // namespace stepwise
