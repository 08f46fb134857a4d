// Losses that can be compared between any two moments and any two runs on a data set: always the
// same pictures, noise and levels. Worker thread only.
#pragma once

#include <torch/types.h>

#include "data/dataset.h"
#include "model/unet.h"
#include "settings/points.h"

namespace stepwise {

class HeldOut {
 public:
  HeldOut(const Dataset& data, double sigma_data, torch::Device device);

  // Losses of this network; `step` is only passed on.
  HeldOutPoint evaluate(UNet2DModel& net, std::int64_t step) const;

 private:
  struct Half {
    torch::Tensor input, timestep, target, labels;
  };
  Half half_of(const Pictures& pictures, double sigma_data, torch::Device device) const;
  static torch::Tensor losses(UNet2DModel& net, const Half& half);

  Half train_, test_;
};

}  // namespace stepwise
