#include "formats/unet_shape.h"

#include <algorithm>
#include <numbers>

namespace stepwise {
namespace {

constexpr std::int64_t kMaxGroups = 32;  // Of the norms in Skip blocks.

bool has_attention(const std::string& block_type) { return block_type.starts_with("Attn"); }

// Skip blocks choose their groups themselves and halve the variance of each sum.
std::int64_t own_groups(std::int64_t channels) { return std::min(channels / 4, kMaxGroups); }

ResnetShape resnet_shape(const UNet2DConfig& c, bool skip, std::int64_t in, std::int64_t out) {
  if (skip) return {in, out, own_groups(in), own_groups(out), std::numbers::sqrt2};
  const std::int64_t groups = c.norm_num_groups.value_or(0);
  return {in, out, groups, groups};
}

AttentionShape attention_shape(const UNet2DConfig& c, bool skip, std::int64_t channels) {
  const std::int64_t width = c.attention_head_dim.value_or(channels);
  if (skip) return {channels, width, kMaxGroups, std::numbers::sqrt2};
  return {channels, width, c.norm_num_groups.value_or(0)};
}

// How a block ends that is not the last of its way: smaller or larger.
void add_rescaling(BlockShape& block, const UNet2DConfig& c, const std::string& type,
                   Rescale rescale, std::int64_t channels) {
  const bool skip = passes_image(type);
  const std::string& how = rescale == Rescale::kDown ? c.downsample_type : c.upsample_type;
  if (skip || type.starts_with("Resnet") || (has_attention(type) && how == "resnet")) {
    block.rescaling = resnet_shape(c, skip, channels, channels);
    block.rescaling->rescale = rescale;
    block.rescaling->filters = skip;
  } else {
    block.convolution = channels;
  }
  block.image_channels = skip ? kImageChannels : 0;
}

}  // namespace

bool passes_image(const std::string& block_type) {
  return block_type.find("Skip") != std::string::npos;
}

std::int64_t groups_of(const UNet2DConfig& c, std::int64_t channels) {
  return c.norm_num_groups.value_or(own_groups(channels));
}

BlockShape down_shape(const UNet2DConfig& c, std::size_t level) {
  const std::string& type = c.down_block_types[level];
  const bool skip = passes_image(type);
  const std::int64_t own = c.block_out_channels[level];
  const std::int64_t before = c.block_out_channels[level == 0 ? 0 : level - 1];
  BlockShape block;
  for (std::int64_t j = 0; j < c.layers_per_block; ++j) {
    block.resnets.push_back(resnet_shape(c, skip, j == 0 ? before : own, own));
    if (has_attention(type)) block.attentions.push_back(attention_shape(c, skip, own));
  }
  if (level + 1 < c.block_out_channels.size()) add_rescaling(block, c, type, Rescale::kDown, own);
  return block;
}

BlockShape mid_shape(const UNet2DConfig& c) {
  BlockShape block;
  if (c.mid_block_type.empty()) return block;
  const std::int64_t own = c.block_out_channels.back(), groups = groups_of(c, own);
  block.resnets.assign(2, {own, own, groups, groups, c.mid_block_scale_factor});
  if (!c.add_attention) return block;
  const bool norm = c.attn_norm_num_groups || c.resnet_time_scale_shift == "default";
  block.attentions = {{own, c.attention_head_dim.value_or(own),
                       norm ? c.attn_norm_num_groups.value_or(groups) : 0,
                       c.mid_block_scale_factor}};
  return block;
}

BlockShape up_shape(const UNet2DConfig& c, std::size_t index) {
  const std::size_t level = c.block_out_channels.size() - 1 - index;
  const std::string& type = c.up_block_types[index];
  const bool skip = passes_image(type);
  const std::int64_t own = c.block_out_channels[level];
  const std::int64_t below = index == 0 ? own : c.block_out_channels[level + 1];
  const std::int64_t above = c.block_out_channels[level == 0 ? 0 : level - 1];
  BlockShape block;
  for (std::int64_t j = 0; j <= c.layers_per_block; ++j) {
    const std::int64_t from = j == 0 ? below : own, beside = j == c.layers_per_block ? above : own;
    block.resnets.push_back(resnet_shape(c, skip, from + beside, own));
    // As diffusers counts them there, and so do the networks that it wrote.
    if (skip && has_attention(type))
      block.resnets.back().groups_in = std::min(from + beside / 4, kMaxGroups);
    if (has_attention(type) && (!skip || j == c.layers_per_block))
      block.attentions.push_back(attention_shape(c, skip, own));
  }
  if (level > 0) add_rescaling(block, c, type, Rescale::kUp, own);
  return block;
}

}  // namespace stepwise
