// The levels of the U-Net: blocks on the way down, in the middle and up again. Pictures [N, C, H,
// W]. Used from one thread at a time.
#pragma once

#include <torch/nn/modules/normalization.h>
#include <torch/types.h>

#include <vector>

#include "model/attention.h"
#include "model/convolution.h"
#include "model/resnet.h"

namespace stepwise {

// Halves height and width with a strided convolution.
struct DownsampleImpl : torch::nn::Module {
  // padding: 1 on all sides, or 0 for one row at the bottom and one column at the right.
  DownsampleImpl(std::int64_t channels, std::int64_t padding);
  torch::Tensor forward(const torch::Tensor& x);

  Convolution conv;

 private:
  const bool pads_end_;
};
TORCH_MODULE(Downsample);

// Doubles height and width, then convolves.
struct UpsampleImpl : torch::nn::Module {
  explicit UpsampleImpl(std::int64_t channels);
  torch::Tensor forward(const torch::Tensor& x);

  Convolution conv;
};
TORCH_MODULE(Upsample);

// What goes through the network: the features, those kept for the way up, the small picture that
// Skip blocks add to on their way, and the activated embedding of time and class. The picture is
// the network's input on the way down, undefined until there is some on the way up.
struct Flow {
  torch::Tensor features;            // [N, C, H, W]
  std::vector<torch::Tensor> skips;  // The last is taken first.
  torch::Tensor image;               // [N, 3, H, W]
  torch::Tensor activated;           // [N, T]
};

struct DownBlockImpl : torch::nn::Module {
  DownBlockImpl(const UNet2DConfig& config, std::size_t level);

  // Appends every intermediate picture to the skips.
  void forward(Flow& flow);

  std::vector<ResnetBlock> resnets;
  std::vector<Attention> attentions;  // As many as resnets, or none.
  Downsample downsample{nullptr};     // One of the two, or none on the last level.
  ResnetBlock resnet_downsample{nullptr};
  Convolution skip_conv{nullptr};  // From the image, in Skip blocks.
};
TORCH_MODULE(DownBlock);

struct MidBlockImpl : torch::nn::Module {
  explicit MidBlockImpl(const UNet2DConfig& config);
  torch::Tensor forward(torch::Tensor h, const torch::Tensor& activated);

  std::vector<ResnetBlock> resnets;  // Two.
  Attention attention{nullptr};      // attentions.0, where config.add_attention.
};
TORCH_MODULE(MidBlock);

struct UpBlockImpl : torch::nn::Module {
  UpBlockImpl(const UNet2DConfig& config, std::size_t block);  // Block 0 is the coarsest.

  // Takes its pictures from the end of the skips.
  void forward(Flow& flow);

  std::vector<ResnetBlock> resnets;
  std::vector<Attention> attentions;  // As many as resnets, one after the last, or none.
  Upsample upsample{nullptr};         // One of the two, or none on the finest level.
  ResnetBlock resnet_upsample{nullptr};
  torch::nn::GroupNorm skip_norm{nullptr};  // Both to the image, in Skip blocks.
  Convolution skip_conv{nullptr};

 private:
  const bool passes_image_;
};
TORCH_MODULE(UpBlock);

}  // namespace stepwise
