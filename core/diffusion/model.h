// Weights, and what one must know to draw pictures with them. A model never changes: whoever holds
// one has the same weights for as long as it takes. Worker thread.
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "diffusion/denoiser.h"
#include "settings/sample_settings.h"

namespace stepwise {

struct Model {
  Network network;
  Schedule schedule;
  Classes classes;
  std::vector<std::int64_t> shape;  // {C, H, W} of a picture.
  torch::Device device = torch::kCPU;
  // Guesses are kept in [-1, 1]; other programs' models say it in the settings.
  bool clamps = true;

  // D(x, sigma) for pictures of these conditions, in this order, with the guidance of the settings.
  // Throws Error for conditions or guidance that the model does not know.
  Denoise denoiser(const std::vector<Condition>& conditions, const SampleSettings& settings) const;
};

using SharedModel = std::shared_ptr<const Model>;

}  // namespace stepwise
