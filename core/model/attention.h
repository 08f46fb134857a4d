// Self-attention between the pixels of a picture, added to it: [N, C, H, W]. Used from one thread
// at a time.
#pragma once

#include <torch/torch.h>

#include "model/unet_config.h"

namespace stepwise {

struct AttentionImpl : torch::nn::Module {
  // head_width: of each head; floor(channels / head_width) heads. groups: of the norm before, 0 for
  // none.
  AttentionImpl(std::int64_t channels, std::int64_t head_width, std::int64_t groups, double eps,
                double scale = 1);
  torch::Tensor forward(const torch::Tensor& x);

  torch::nn::GroupNorm group_norm{nullptr};
  torch::nn::Linear to_q, to_k, to_v;
  torch::nn::ModuleList to_out;  // One Linear, as diffusers has it.

  torch::nn::Linear out() const;

 private:
  const std::int64_t heads_;
  const double scale_;  // The sum is divided by it.
};
TORCH_MODULE(Attention);

}  // namespace stepwise
