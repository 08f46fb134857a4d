// The residual block of the U-Net: x + f(x), where the embedding of time and class shifts (or
// scales and shifts) f half-way through. Pictures [N, C, H, W]. Used from one thread at a time.
#pragma once

#include <torch/nn/modules/dropout.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/normalization.h>
#include <torch/types.h>

#include "formats/unet_shape.h"
#include "model/activation.h"
#include "model/convolution.h"

namespace stepwise {

struct ResnetBlockImpl : torch::nn::Module {
  ResnetBlockImpl(const UNet2DConfig& config, const ResnetShape& shape);

  // activated: the embedding [N, T] after the activation, the same for all blocks.
  torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& activated);

  torch::nn::GroupNorm norm1;
  Convolution conv1;
  torch::nn::Linear time_emb_proj;
  torch::nn::GroupNorm norm2;
  torch::nn::Dropout dropout;
  Convolution conv2;
  Convolution conv_shortcut{nullptr};  // Where shape.projects().

 private:
  const Activation activation_;
  const bool scale_shift_;
  const ResnetShape shape_;
};
TORCH_MODULE(ResnetBlock);

}  // namespace stepwise
