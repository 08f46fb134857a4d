// Drawings from their first step to their last, and models of any denoiser to draw with.
#pragma once

#include "diffusion/draw.h"

namespace stepwise {

// Gives each picture of {C, H, W} what `denoiser_for` its conditions gives.
template <class DenoiserFor>
SharedModel model_with(DenoiserFor denoiser_for, std::vector<std::int64_t> shape) {
  Model model;
  model.unclamped = [denoiser_for](const std::vector<Condition>& conditions,
                                   const SampleSettings&) { return denoiser_for(conditions); };
  model.shape = std::move(shape);
  model.clamps = false;
  return std::make_shared<const Model>(std::move(model));
}

// All pictures of a drawing: [count, C, H, W].
inline Tensor draw(Drawing drawing) {
  std::vector<Tensor> portions;
  for (bool more = true; more;) {
    more = drawing.step();
    if (const auto portion = drawing.take()) portions.push_back(portion->pictures);
  }
  return torch::cat(portions);
}

}  // namespace stepwise
