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
  double sigma_data = 0.5;
  int classes = 0;  // 0: not class-conditional. Otherwise the null class is `classes`.
  std::vector<std::int64_t> shape;  // {C, H, W} of a picture.
  torch::Device device = torch::kCPU;

  // D(x, sigma) for pictures of these classes, in this order, with the guidance of the settings.
  Denoise denoiser(const std::vector<int>& labels, const SampleSettings& settings) const {
    return model_denoiser(network, sigma_data, classes, labels, settings, device);
  }
};

}  // namespace stepwise
