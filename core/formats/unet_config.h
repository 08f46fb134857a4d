// What decides the shape and arithmetic of a U-Net: the keys of diffusers' UNet2DModel, with its
// names and defaults. Plain values, no torch; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fields.h"

namespace stepwise {

struct UNet2DConfig {
  std::optional<std::int64_t> sample_height,
      sample_width;  // sample_size: of the pictures trained on.
  std::int64_t in_channels = 3;
  std::int64_t out_channels = 3;
  bool center_input_sample = false;                // Pictures come in [0, 1].
  std::string time_embedding_type = "positional";  // Or fourier (the time is sigma), learned.
  std::optional<std::int64_t> time_embedding_dim;  // T; absent: 4 block_out_channels[0].
  double freq_shift = 0;
  bool flip_sin_to_cos = true;  // Cosines first.
  std::vector<std::string> down_block_types{"DownBlock2D", "AttnDownBlock2D", "AttnDownBlock2D",
                                            "AttnDownBlock2D"};
  std::string mid_block_type = "UNetMidBlock2D";  // Empty: none.
  std::vector<std::string> up_block_types{"AttnUpBlock2D", "AttnUpBlock2D", "AttnUpBlock2D",
                                          "UpBlock2D"};
  std::vector<std::int64_t> block_out_channels{224, 448, 672, 896};  // One per level, finest first.
  std::int64_t layers_per_block = 2;
  double mid_block_scale_factor = 1;
  std::int64_t downsample_padding = 1;   // 0: pads at the bottom and right only.
  std::string downsample_type = "conv";  // Or resnet; heeded by AttnDownBlock2D alone.
  std::string upsample_type = "conv";
  double dropout = 0;
  std::string act_fn = "silu";                         // Or swish, mish, gelu, relu.
  std::optional<std::int64_t> attention_head_dim = 8;  // Width of a head; absent: one head.
  std::optional<std::int64_t> norm_num_groups = 32;    // Absent: by the channels (Skip blocks).
  std::optional<std::int64_t> attn_norm_num_groups;    // Mid block only.
  double norm_eps = 1e-5;
  std::string resnet_time_scale_shift = "default";  // Or scale_shift.
  bool add_attention = true;                        // Mid block only.
  std::string class_embed_type;  // Empty: by num_class_embeds; timestep, identity; others: none.
  std::optional<std::int64_t> num_class_embeds;     // Classes, a null class included.
  std::optional<std::int64_t> num_train_timesteps;  // Of the learned time embedding.

  bool operator==(const UNet2DConfig&) const = default;
};

// All but sample_size, which is one key for two fields.
STEPWISE_FIELDS(UNet2DConfig, in_channels, out_channels, center_input_sample, time_embedding_type,
                time_embedding_dim, freq_shift, flip_sin_to_cos, down_block_types, mid_block_type,
                up_block_types, block_out_channels, layers_per_block, mid_block_scale_factor,
                downsample_padding, downsample_type, upsample_type, dropout, act_fn,
                attention_head_dim, norm_num_groups, attn_norm_num_groups, norm_eps,
                resnet_time_scale_shift, add_attention, class_embed_type, num_class_embeds,
                num_train_timesteps)

// Throws Error naming the first key whose value is out of bounds or asks for what this program
// cannot do.
void check(const UNet2DConfig& config);

// Reads config.json. `name` is what errors call it; `unknown` receives keys that have no meaning
// here.
UNet2DConfig unet_config_of(std::string_view json, const std::string& name,
                            std::vector<std::string>* unknown = nullptr);

// config.json with all keys, as diffusers writes it.
std::string json_of(const UNet2DConfig& config);

// Trainable parameters of the network, plus the frozen frequencies of a Fourier time embedding.
std::int64_t parameter_count(const UNet2DConfig& config);

// T, the width of the time embedding.
std::int64_t time_embedding_dim(const UNet2DConfig& config);

}  // namespace stepwise
