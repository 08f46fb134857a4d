// What the network is told besides the picture: the time as features, and small networks on such
// features. Used from one thread at a time.
#pragma once

#include <torch/nn/modules/linear.h>
#include <torch/types.h>

#include "formats/unet_config.h"

namespace stepwise {

// Sines and cosines of the times [N] at frequencies falling geometrically from 1 to 1/10000: [N,
// width], float32.
torch::Tensor positional_features(const torch::Tensor& timestep, std::int64_t width,
                                  double freq_shift, bool flip_sin_to_cos);

// Sines and cosines of ln(time) at random frequencies that are stored but not trained: [N] -> [N, 2
// width].
struct FourierFeaturesImpl : torch::nn::Module {
  explicit FourierFeaturesImpl(std::int64_t width);
  torch::Tensor forward(const torch::Tensor& timestep);

  torch::Tensor weight;  // [width], a buffer.
};
TORCH_MODULE(FourierFeatures);

// Two linear layers with silu between them.
struct TimestepEmbeddingImpl : torch::nn::Module {
  TimestepEmbeddingImpl(std::int64_t features, std::int64_t width);
  torch::Tensor forward(const torch::Tensor& features);

  torch::nn::Linear linear_1;
  torch::nn::Linear linear_2;
};
TORCH_MODULE(TimestepEmbedding);

}  // namespace stepwise
