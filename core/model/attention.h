// Self-attention between the pixels of a picture, added to it: [N, C, H, W]. Used from one thread
// at a time.
#pragma once

#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/normalization.h>
#include <torch/types.h>

#include "formats/unet_shape.h"

namespace stepwise {

struct AttentionImpl : torch::nn::Module {
  AttentionImpl(const AttentionShape& shape, double eps);  // eps: of the norm.
  torch::Tensor forward(const torch::Tensor& x);

  torch::nn::GroupNorm group_norm{nullptr};
  torch::nn::Linear to_q, to_k, to_v;
  torch::nn::ModuleList to_out;  // One Linear, as diffusers has it.

  torch::nn::Linear out() const;

 private:
  const AttentionShape shape_;
};
TORCH_MODULE(Attention);

}  // namespace stepwise
