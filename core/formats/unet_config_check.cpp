#include <algorithm>

#include "error.h"
#include "first_of.h"
#include "formats/unet_config.h"
#include "formats/unet_shape.h"
#include "range.h"

namespace stepwise {
namespace {

constexpr Range<std::int64_t> kLevels{1, 8};
constexpr Range<std::int64_t> kChannels{1, 16384};
constexpr Range<std::int64_t> kPictureChannels{1, 256};
constexpr Range<std::int64_t> kSide{1, 4096};
constexpr Range<std::int64_t> kLayers{1, 32};
constexpr Range<std::int64_t> kEmbeddingDim{1, 65536};
constexpr Range<std::int64_t> kTableRows{1, 1'000'000};
constexpr Range<std::int64_t> kPadding{0, 1};
constexpr Range<double> kFrequencyShift{-1e5, 1e5};
constexpr Range<double> kScaleFactor{1e-3, 1e3};
constexpr Range<double> kNormEps{0, 1};
constexpr Range<double> kDropout{0, 1};
constexpr std::int64_t kMaxParameters = 2'000'000'000;

using Names = std::vector<std::string_view>;
const Names kDownBlocks = {"DownBlock2D", "AttnDownBlock2D", "ResnetDownsampleBlock2D",
                           "SkipDownBlock2D", "AttnSkipDownBlock2D"};
const Names kUpBlocks = {"UpBlock2D", "AttnUpBlock2D", "ResnetUpsampleBlock2D", "SkipUpBlock2D",
                         "AttnSkipUpBlock2D"};

void check_name(const char* key, const std::string& value, const Names& known) {
  require(std::ranges::find(known, value) != known.end(), "The network's ", key, " is '", value,
          "', which this program does not have. It has: ", joined(known), ".");
}

void check_levels(const UNet2DConfig& c) {
  const std::size_t levels = c.block_out_channels.size();
  kLevels.check("The number of block_out_channels", std::int64_t(levels));
  require(c.down_block_types.size() == levels && c.up_block_types.size() == levels,
          "The network has ", levels, " block_out_channels, ", c.down_block_types.size(),
          " down_block_types and ", c.up_block_types.size(),
          " up_block_types. There must be as many of each.");
  for (const std::string& type : c.down_block_types)
    check_name("down_block_types", type, kDownBlocks);
  for (const std::string& type : c.up_block_types) check_name("up_block_types", type, kUpBlocks);
  if (std::ranges::count(c.down_block_types, "AttnDownBlock2D") > 0)
    check_name("downsample_type", c.downsample_type, {"conv", "resnet"});
  if (std::ranges::count(c.up_block_types, "AttnUpBlock2D") > 0)
    check_name("upsample_type", c.upsample_type, {"conv", "resnet"});
}

// The picture that Skip blocks pass on is halved and doubled by them alone: where other blocks lie
// between, it is not as large as the features.
void check_image(const UNet2DConfig& c) {
  const std::size_t levels = c.block_out_channels.size();
  bool other_before = false, skip_before = false;
  for (std::size_t i = 0; i < levels; ++i) {
    const std::string &down = c.down_block_types[i], &up = c.up_block_types[i];
    const bool is_last = i + 1 == levels;
    const bool takes = passes_image(down) && !is_last;
    require(!takes || !other_before, "The network's ", down, " at level ", i,
            " needs Skip blocks at all levels before it.");
    require(!takes || c.in_channels == kImageChannels, "A network with ", down,
            " takes pictures of ", kImageChannels, " channels, but its in_channels is ",
            c.in_channels, ".");
    require(passes_image(up) || !skip_before, "The network's ", up,
            " comes behind a Skip block, "
            "but only Skip blocks may.");
    skip_before = skip_before || (passes_image(up) && !is_last);
    other_before = other_before || !passes_image(down);
  }
  require(!skip_before || c.out_channels == kImageChannels, "A network with ", c.up_block_types[0],
          " puts out pictures of ", kImageChannels, " channels, but its out_channels is ",
          c.out_channels, ".");
}

void check_widths(const UNet2DConfig& c) {
  kPictureChannels.check("in_channels", c.in_channels);
  kPictureChannels.check("out_channels", c.out_channels);
  kLayers.check("layers_per_block", c.layers_per_block);
  if (c.norm_num_groups) kChannels.check("norm_num_groups", *c.norm_num_groups);
  if (c.attn_norm_num_groups) kChannels.check("attn_norm_num_groups", *c.attn_norm_num_groups);
  if (c.attention_head_dim) kChannels.check("attention_head_dim", *c.attention_head_dim);
  for (const std::int64_t channels : c.block_out_channels)
    kChannels.check("Each of block_out_channels", channels);
}

void check_norm(const UNet2DConfig& c, std::int64_t channels, std::int64_t groups) {
  require(groups > 0 && channels % groups == 0,
          "The network's block_out_channels ask for a norm of ", channels, " channels in ", groups,
          " groups, which do not divide them",
          c.norm_num_groups ? text_of(" (norm_num_groups is ", *c.norm_num_groups, ").")
                            : " (norm_num_groups is null).");
}

void check_parts(const UNet2DConfig& c, const BlockShape& block) {
  for (const ResnetShape& resnet : block.resnets) {
    check_norm(c, resnet.in, resnet.groups_in);
    check_norm(c, resnet.out, resnet.groups_out);
  }
  for (const AttentionShape& attention : block.attentions) {
    require(attention.heads() > 0, "attention_head_dim is ", attention.head_width,
            ", wider than the ", attention.channels, " channels of a block with attention.");
    require(attention.groups == 0 || attention.channels % attention.groups == 0,
            "The network's attention has ", attention.channels, " channels, which ",
            attention.groups,
            " groups do not divide (attn_norm_num_groups, or 32 in Skip blocks).");
  }
  if (block.rescaling) check_norm(c, block.rescaling->in, block.rescaling->groups_in);
}

void check_blocks(const UNet2DConfig& c) {
  check_norm(c, c.block_out_channels[0], groups_of(c, c.block_out_channels[0]));
  check_parts(c, mid_shape(c));
  for (std::size_t i = 0; i < c.block_out_channels.size(); ++i) {
    check_parts(c, down_shape(c, i));
    check_parts(c, up_shape(c, i));
  }
}

void check_conditioning(const UNet2DConfig& c) {
  check_name("time_embedding_type", c.time_embedding_type, {"positional", "fourier", "learned"});
  check_name("resnet_time_scale_shift", c.resnet_time_scale_shift, {"default", "scale_shift"});
  if (c.time_embedding_dim) kEmbeddingDim.check("time_embedding_dim", *c.time_embedding_dim);
  if (c.num_class_embeds) kTableRows.check("num_class_embeds", *c.num_class_embeds);
  if (c.num_train_timesteps) kTableRows.check("num_train_timesteps", *c.num_train_timesteps);
  require(c.time_embedding_type != "learned" || c.num_train_timesteps,
          "A learned time embedding needs num_train_timesteps.");
  kFrequencyShift.check("freq_shift", c.freq_shift);
  // Beyond half the features the frequencies rise from 1 instead of falling; up to 10000^8.
  const auto half = double(c.block_out_channels[0] / 2);
  require(c.time_embedding_type != "positional" || half - c.freq_shift > 0 ||
              c.freq_shift - half >= std::max(1.0, (half - 1) / 8),
          "freq_shift is ", c.freq_shift, ", too near to half of the ", c.block_out_channels[0],
          " time features.");
}

}  // namespace

void check(const UNet2DConfig& c) {
  check_levels(c);
  check_widths(c);
  check_conditioning(c);
  check_image(c);
  check_blocks(c);
  kScaleFactor.check("mid_block_scale_factor", c.mid_block_scale_factor);
  kNormEps.check("norm_eps", c.norm_eps);
  kDropout.check("dropout", c.dropout);
  kPadding.check("downsample_padding", c.downsample_padding);
  check_name("act_fn", c.act_fn, {"silu", "swish", "mish", "gelu", "relu"});
  if (c.sample_height) kSide.check("sample_size", *c.sample_height);
  if (c.sample_width) kSide.check("sample_size", *c.sample_width);
  require(parameter_count(c) <= kMaxParameters, "The network would have ", parameter_count(c),
          " parameters, more than the ", kMaxParameters, " this program takes on.");
}

}  // namespace stepwise
