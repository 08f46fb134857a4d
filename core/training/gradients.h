// The loss of a batch and its gradients, computed by all threads of the processor. Worker thread
// only.
#pragma once

#include <torch/types.h>

#include <vector>

#include "diffusion/denoiser.h"
#include "model/unet.h"

namespace stepwise {

struct Gradients {
  double loss = 0;  // Mean over the pictures.
  std::vector<torch::Tensor> of_parameters;
};

// `parameters`: the network's, in the order in which the gradients are wanted. `labels`: undefined
// for a network without classes. `bfloat16`: compute convolutions so.
Gradients gradients_of(UNet2DModel& net, const std::vector<torch::Tensor>& parameters,
                       const Regression& regression, const torch::Tensor& labels, bool bfloat16);

}  // namespace stepwise
