#include "model/unet_blocks.h"

#include <utility>

#include "model/register_list.h"

namespace stepwise {
namespace {

using torch::Tensor;
namespace nn = torch::nn;

Attention make_attention(const UNet2DConfig& c, std::int64_t channels, std::int64_t groups,
                         double scale = 1) {
  return Attention(channels, c.attention_head_dim.value_or(channels), groups, c.norm_eps, scale);
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
  return conv(pads_end_ ? torch::constant_pad_nd(x, {0, 1, 0, 1}) : x);
}

UpsampleImpl::UpsampleImpl(std::int64_t channels)
    : conv(register_module("conv",
                           Convolution(nn::Conv2dOptions(channels, channels, 3).padding(1)))) {}

Tensor UpsampleImpl::forward(const Tensor& x) {
  return conv(torch::upsample_nearest2d(x, {2 * x.size(2), 2 * x.size(3)}));
}

DownBlockImpl::DownBlockImpl(const UNet2DConfig& c, std::size_t level) {
  const std::string& type = c.down_block_types[level];
  const std::int64_t own = c.block_out_channels[level];
  const std::int64_t before = c.block_out_channels[level == 0 ? 0 : level - 1];
  for (std::int64_t j = 0; j < c.layers_per_block; ++j) {
    resnets.emplace_back(c, j == 0 ? before : own, own);
    if (has_attention(type)) attentions.push_back(make_attention(c, own, c.norm_num_groups));
  }
  register_list(*this, "resnets", resnets);
  register_list(*this, "attentions", attentions);
  if (level + 1 == c.block_out_channels.size()) return;
  if (resamples_in_resnet(type, c.downsample_type)) {
    resnet_downsample = ResnetBlock(c, own, own, 1, Rescale::kDown);
    register_list(*this, "downsamplers", std::vector{resnet_downsample});
  } else {
    downsample = Downsample(own, c.downsample_padding);
    register_list(*this, "downsamplers", std::vector{downsample});
  }
}

Tensor DownBlockImpl::forward(Tensor h, const Tensor& activated, std::vector<Tensor>& skips) {
  for (std::size_t j = 0; j < resnets.size(); ++j) {
    h = resnets[j](h, activated);
    if (!attentions.empty()) h = attentions[j](h);
    skips.push_back(h);
  }
  if (downsample || resnet_downsample) {
    h = downsample ? downsample(h) : resnet_downsample(h, activated);
    skips.push_back(h);
  }
  return h;
}

MidBlockImpl::MidBlockImpl(const UNet2DConfig& c) {
  const std::int64_t own = c.block_out_channels.back();
  const double scale = c.mid_block_scale_factor;
  for (int j = 0; j < 2; ++j) resnets.emplace_back(c, own, own, scale);
  register_list(*this, "resnets", resnets);
  if (!c.add_attention) return;
  attention = make_attention(c, own, mid_block_groups(c), scale);
  register_list(*this, "attentions", std::vector{attention});
}

Tensor MidBlockImpl::forward(Tensor h, const Tensor& activated) {
  h = resnets[0](h, activated);
  if (attention) h = attention(h);
  return resnets[1](h, activated);
}

UpBlockImpl::UpBlockImpl(const UNet2DConfig& c, std::size_t block) {
  const std::size_t level = c.block_out_channels.size() - 1 - block;
  const std::string& type = c.up_block_types[block];
  const std::int64_t own = c.block_out_channels[level];
  const std::int64_t below = block == 0 ? own : c.block_out_channels[level + 1];
  const std::int64_t above = c.block_out_channels[level == 0 ? 0 : level - 1];
  for (std::int64_t j = 0; j <= c.layers_per_block; ++j) {
    const std::int64_t skip = j == c.layers_per_block ? above : own;
    resnets.emplace_back(c, (j == 0 ? below : own) + skip, own);
    if (has_attention(type)) attentions.push_back(make_attention(c, own, c.norm_num_groups));
  }
  register_list(*this, "resnets", resnets);
  register_list(*this, "attentions", attentions);
  if (level == 0) return;
  if (resamples_in_resnet(type, c.upsample_type)) {
    resnet_upsample = ResnetBlock(c, own, own, 1, Rescale::kUp);
    register_list(*this, "upsamplers", std::vector{resnet_upsample});
  } else {
    upsample = Upsample(own);
    register_list(*this, "upsamplers", std::vector{upsample});
  }
}

Tensor UpBlockImpl::forward(Tensor h, const Tensor& activated, std::vector<Tensor>& skips) {
  for (std::size_t j = 0; j < resnets.size(); ++j) {
    h = resnets[j](torch::cat({h, take_last(skips)}, 1), activated);
    if (!attentions.empty()) h = attentions[j](h);
  }
  if (upsample) return upsample(h);
  return resnet_upsample ? resnet_upsample(h, activated) : h;
}

}  // namespace stepwise
