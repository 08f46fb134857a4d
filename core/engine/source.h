// The weights that answer a request, whichever model they belong to. Worker thread.
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <vector>

#include "diffusion/denoiser.h"
#include "diffusion/settings.h"

namespace stepwise {

struct Source {
  Network network;
  Schedule schedule;
  Classes classes;
  std::vector<std::int64_t> shape;  // {C, H, W} of a picture.
  torch::Device device = torch::kCPU;
  bool clamps =
      true;  // Guesses are kept in [-1, 1]; other programs' models say it in the settings.

  // D(x, sigma) for pictures of these classes, in this order, with the guidance of the settings.
  Denoise denoiser(const std::vector<int>& labels, const SampleSettings& settings) const {
    Denoise denoise =
        model_denoiser(network, levels_of(settings, schedule), classes, labels, settings, device);
    return clamps ? clamped(std::move(denoise)) : denoise;
  }
};

}  // namespace stepwise
