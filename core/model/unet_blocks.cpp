#include "model/unet_blocks.h"

#include <torch/nn/modules/conv.h>
#include <utility>

#include "model/norm_activation.h"
#include "model/register_list.h"
#include "model/smooth_rescale.h"
#include "model/watch.h"

namespace stepwise {
namespace {

using torch::Tensor;
namespace nn = torch::nn;

std::vector<ResnetBlock> resnets_of(const UNet2DConfig& c, const BlockShape& shape) {
  std::vector<ResnetBlock> resnets;
  for (const ResnetShape& resnet : shape.resnets) resnets.emplace_back(c, resnet);
  return resnets;
}

std::vector<Attention> attentions_of(const UNet2DConfig& c, const BlockShape& shape) {
  std::vector<Attention> attentions;
  for (const AttentionShape& attention : shape.attentions)
    attentions.emplace_back(attention, c.norm_eps);
  return attentions;
}

// The attention that follows resnet j: each has its own, or the last has one.
Attention* attention_after(std::vector<Attention>& attentions, std::size_t j, std::size_t resnets) {
  const std::size_t first = resnets - attentions.size();
  return j >= first ? &attentions[j - first] : nullptr;
}

Tensor take_last(std::vector<Tensor>& skips) {
  Tensor last = std::move(skips.back());
  skips.pop_back();
  return last;
}

}  // namespace

DownsampleImpl::DownsampleImpl(std::int64_t channels, std::int64_t padding)
    : conv(register_module(
          "conv",
          Convolution(nn::Conv2dOptions(channels, channels, 3).stride(2).padding(padding)))),
      pads_end_(padding == 0) {}

Tensor DownsampleImpl::forward(const Tensor& x) {
  return Watch::tell(*this, conv(pads_end_ ? torch::constant_pad_nd(x, {0, 1, 0, 1}) : x));
}

UpsampleImpl::UpsampleImpl(std::int64_t channels)
    : conv(register_module("conv",
                           Convolution(nn::Conv2dOptions(channels, channels, 3).padding(1)))) {}

Tensor UpsampleImpl::forward(const Tensor& x) {
  const Tensor doubled = torch::upsample_nearest2d(x, {2 * x.size(2), 2 * x.size(3)});
  return Watch::tell(*this, conv(doubled));
}

DownBlockImpl::DownBlockImpl(const UNet2DConfig& c, std::size_t level) {
  const BlockShape shape = down_shape(c, level);
  resnets = resnets_of(c, shape);
  attentions = attentions_of(c, shape);
  register_list(*this, "resnets", resnets);
  register_list(*this, "attentions", attentions);
  if (shape.convolution > 0) {
    downsample = Downsample(shape.convolution, c.downsample_padding);
    register_list(*this, "downsamplers", std::vector{downsample});
  }
  if (!shape.rescaling) return;
  resnet_downsample = ResnetBlock(c, *shape.rescaling);
  if (shape.image_channels == 0) {
    register_list(*this, "downsamplers", std::vector{resnet_downsample});
    return;
  }
  register_module("resnet_down", resnet_downsample);
  skip_conv = register_module(
      "skip_conv", Convolution(nn::Conv2dOptions(shape.image_channels, shape.rescaling->out, 1)));
}

void DownBlockImpl::forward(Flow& flow) {
  Tensor& h = flow.features;
  for (std::size_t j = 0; j < resnets.size(); ++j) {
    h = resnets[j](h, flow.activated);
    if (Attention* attention = attention_after(attentions, j, resnets.size())) h = (*attention)(h);
    flow.skips.push_back(h);
  }
  if (!downsample && !resnet_downsample) return;
  h = downsample ? downsample(h) : resnet_downsample(h, flow.activated);
  if (skip_conv) {
    flow.image = smoothly_halved(flow.image);
    h = h + Watch::tell(*skip_conv, skip_conv(flow.image));
  }
  flow.skips.push_back(h);
}

MidBlockImpl::MidBlockImpl(const UNet2DConfig& c) {
  const BlockShape shape = mid_shape(c);
  resnets = resnets_of(c, shape);
  register_list(*this, "resnets", resnets);
  const std::vector<Attention> attentions = attentions_of(c, shape);
  register_list(*this, "attentions", attentions);
  if (!attentions.empty()) attention = attentions[0];
}

Tensor MidBlockImpl::forward(Tensor h, const Tensor& activated) {
  h = resnets[0](h, activated);
  if (attention) h = attention(h);
  return resnets[1](h, activated);
}

UpBlockImpl::UpBlockImpl(const UNet2DConfig& c, std::size_t block)
    : passes_image_(passes_image(c.up_block_types[block])) {
  const BlockShape shape = up_shape(c, block);
  resnets = resnets_of(c, shape);
  attentions = attentions_of(c, shape);
  register_list(*this, "resnets", resnets);
  register_list(*this, "attentions", attentions);
  if (shape.convolution > 0) {
    upsample = Upsample(shape.convolution);
    register_list(*this, "upsamplers", std::vector{upsample});
  }
  if (!shape.rescaling) return;
  resnet_upsample = ResnetBlock(c, *shape.rescaling);
  if (shape.image_channels == 0) {
    register_list(*this, "upsamplers", std::vector{resnet_upsample});
    return;
  }
  register_module("resnet_up", resnet_upsample);
  const std::int64_t own = shape.rescaling->out;
  skip_norm = register_module(
      "skip_norm",
      nn::GroupNorm(nn::GroupNormOptions(shape.rescaling->groups_in, own).eps(c.norm_eps)));
  skip_conv = register_module(
      "skip_conv", Convolution(nn::Conv2dOptions(own, shape.image_channels, 3).padding(1)));
}

void UpBlockImpl::forward(Flow& flow) {
  Tensor& h = flow.features;
  for (std::size_t j = 0; j < resnets.size(); ++j) {
    h = resnets[j](torch::cat({h, take_last(flow.skips)}, 1), flow.activated);
    if (Attention* attention = attention_after(attentions, j, resnets.size())) h = (*attention)(h);
  }
  if (passes_image_ && flow.image.defined()) flow.image = smoothly_doubled(flow.image);
  if (skip_conv) {
    const Tensor own =
        Watch::tell(*skip_conv, skip_conv(norm_activation(*skip_norm, Activation::kSilu, h)));
    flow.image = flow.image.defined() ? flow.image + own : own;
  }
  if (upsample) h = upsample(h);
  if (resnet_upsample) h = resnet_upsample(h, flow.activated);
}

}  // namespace stepwise
