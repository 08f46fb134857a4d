// The network: diffusers' UNet2DModel with the same parameter names, shapes and arithmetic, so that
// its checkpoints open in Python and those trained there open here. Used from one thread at a time.
// Pictures [N, C, H, W]; H and W must be divisible by 2^(levels - 1).
#pragma once

#include <torch/nn/modules/embedding.h>
#include <torch/nn/modules/normalization.h>
#include <torch/types.h>

#include <vector>

#include "formats/unet_config.h"
#include "model/embeddings.h"
#include "model/unet_blocks.h"

namespace stepwise {

class UNet2DModelImpl : public torch::nn::Module {
 public:
  explicit UNet2DModelImpl(const UNet2DConfig& config);  // Throws Error where check(config) does.

  // timestep: [N] or [1], of any number type (sigma for Fourier models). class_labels: [N] integers
  // for a network with a class table, [N] numbers for class_embed_type "timestep", [N, T] floats
  // for "identity", undefined without.
  // Where no gradients are recorded, the processor's threads share small pictures among them; large
  // ones it computes one after the other.
  torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& timestep,
                        const torch::Tensor& class_labels = {});

  // forward() of pictures that are computed together, in stages: one way in, each stage in turn,
  // one way out. Each changes the flow, and reads nothing else of the stages before it. Nothing is
  // checked, so that no device has to be waited for.
  Flow enter(const torch::Tensor& x, const torch::Tensor& timestep,
             const torch::Tensor& class_labels);
  std::size_t stages() const { return down_blocks.size() + 1 + up_blocks.size(); }
  void pass(std::size_t stage, Flow& flow);
  torch::Tensor leave(const Flow& flow, const torch::Tensor& timestep);

  // Features of the time before the MLP, [N, F].
  torch::Tensor time_features(const torch::Tensor& timestep);

  const UNet2DConfig config;

  FourierFeatures fourier_time{nullptr};  // time_proj is one of the two, or none (positional).
  torch::nn::Embedding learned_time{nullptr};
  TimestepEmbedding time_embedding{nullptr};
  torch::nn::Embedding class_table{nullptr};  // class_embedding is one of the two, or none.
  TimestepEmbedding class_mlp{nullptr};
  Convolution conv_in{nullptr};
  std::vector<DownBlock> down_blocks;
  MidBlock mid_block{nullptr};
  std::vector<UpBlock> up_blocks;
  torch::nn::GroupNorm conv_norm_out{nullptr};
  Convolution conv_out{nullptr};

 private:
  void check_input(const torch::Tensor& x, const torch::Tensor& timestep,
                   const torch::Tensor& class_labels) const;
  bool is_small(const torch::Tensor& x) const;
  torch::Tensor compute(const torch::Tensor& x, const torch::Tensor& timestep,
                        const torch::Tensor& class_labels);
  torch::Tensor compute_in_shards(const torch::Tensor& x, const torch::Tensor& timestep,
                                  const torch::Tensor& class_labels);
  torch::Tensor embedding(const torch::Tensor& timestep, const torch::Tensor& class_labels);

  const Activation activation_;
};
TORCH_MODULE(UNet2DModel);

// Starts a network as diffusion models are best started: what each residual branch adds, and the
// output, is zero (each resnet's conv2, each attention's to_out, the last convolution).
void init_for_training(UNet2DModel& net);

}  // namespace stepwise
