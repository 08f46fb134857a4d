// Losses that can be compared between any two moments and any two runs on a data set: always the
// same pictures, noise and levels. Worker thread only.
#pragma once

#include <torch/types.h>

#include "data/dataset.h"
#include "diffusion/regression.h"
#include "model/unet.h"
#include "settings/points.h"

namespace stepwise {

class HeldOut {
 public:
  // Errors count as EDM weights them, whatever the recipe does, so that runs can be compared; those
  // of severities count the same.
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
