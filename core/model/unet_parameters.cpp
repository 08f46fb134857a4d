#include "model/unet_config.h"

namespace stepwise {
namespace {

std::int64_t resnet_parameters(const UNet2DConfig& c, std::int64_t in, std::int64_t out) {
  const std::int64_t projected = c.resnet_time_scale_shift == "scale_shift" ? 2 * out : out;
  return 2 * in + (9 * in + 1) * out + (time_embedding_dim(c) + 1) * projected + 2 * out +
         (9 * out + 1) * out + (in == out ? 0 : (in + 1) * out);
}

std::int64_t attention_parameters(const UNet2DConfig& c, std::int64_t channels, bool norm) {
  const std::int64_t width = c.attention_head_dim.value_or(channels);
  const std::int64_t inner = channels / width * width;
  return 3 * (channels + 1) * inner + (inner + 1) * channels + (norm ? 2 * channels : 0);
}

std::int64_t sampler_parameters(const UNet2DConfig& c, const std::string& block_type,
                                const std::string& sampler, std::int64_t channels) {
  return resamples_in_resnet(block_type, sampler) ? resnet_parameters(c, channels, channels)
                                                  : (9 * channels + 1) * channels;
}

std::int64_t embedding_parameters(const UNet2DConfig& c) {
  const std::int64_t first = c.block_out_channels[0], width = time_embedding_dim(c);
  const bool fourier = c.time_embedding_type == "fourier";
  const std::int64_t features = fourier ? 2 * first : first;
  const std::int64_t mlp = (features + 1) * width + (width + 1) * width;
  std::int64_t count = mlp + (fourier ? first : 0);
  if (c.time_embedding_type == "learned") count += *c.num_train_timesteps * first;
  if (c.class_embed_type == "timestep") count += mlp;
  if (c.class_embed_type.empty()) count += c.num_class_embeds.value_or(0) * width;
  return count;
}

std::int64_t down_parameters(const UNet2DConfig& c, std::size_t level) {
  const std::string& type = c.down_block_types[level];
  const std::int64_t own = c.block_out_channels[level];
  const std::int64_t before = c.block_out_channels[level == 0 ? 0 : level - 1];
  std::int64_t count =
      resnet_parameters(c, before, own) + (c.layers_per_block - 1) * resnet_parameters(c, own, own);
  if (has_attention(type)) count += c.layers_per_block * attention_parameters(c, own, true);
  if (level + 1 < c.block_out_channels.size())
    count += sampler_parameters(c, type, c.downsample_type, own);
  return count;
}

std::int64_t up_parameters(const UNet2DConfig& c, std::size_t block) {
  const std::size_t level = c.block_out_channels.size() - 1 - block;
  const std::string& type = c.up_block_types[block];
  const std::int64_t own = c.block_out_channels[level];
  const std::int64_t below = block == 0 ? own : c.block_out_channels[level + 1];
  const std::int64_t above = c.block_out_channels[level == 0 ? 0 : level - 1];
  std::int64_t count = resnet_parameters(c, below + own, own) +
                       (c.layers_per_block - 1) * resnet_parameters(c, 2 * own, own) +
                       resnet_parameters(c, own + above, own);
  if (has_attention(type)) count += (c.layers_per_block + 1) * attention_parameters(c, own, true);
  if (level > 0) count += sampler_parameters(c, type, c.upsample_type, own);
  return count;
}

std::int64_t mid_parameters(const UNet2DConfig& c) {
  if (c.mid_block_type.empty()) return 0;
  const std::int64_t own = c.block_out_channels.back();
  return 2 * resnet_parameters(c, own, own) +
         (c.add_attention ? attention_parameters(c, own, mid_block_groups(c) > 0) : 0);
}

}  // namespace

bool has_attention(const std::string& block_type) { return block_type.starts_with("Attn"); }

bool resamples_in_resnet(const std::string& block_type, const std::string& sampler_type) {
  return block_type.starts_with("Resnet") ||
         (has_attention(block_type) && sampler_type == "resnet");
}

std::int64_t mid_block_groups(const UNet2DConfig& c) {
  if (c.attn_norm_num_groups) return *c.attn_norm_num_groups;
  return c.resnet_time_scale_shift == "default" ? c.norm_num_groups : 0;
}

std::int64_t time_embedding_dim(const UNet2DConfig& c) {
  return c.time_embedding_dim.value_or(4 * c.block_out_channels[0]);
}

std::int64_t parameter_count(const UNet2DConfig& c) {
  const std::int64_t first = c.block_out_channels[0];
  std::int64_t count =
      (9 * c.in_channels + 1) * first + 2 * first + (9 * first + 1) * c.out_channels;
  count += embedding_parameters(c) + mid_parameters(c);
  for (std::size_t i = 0; i < c.block_out_channels.size(); ++i)
    count += down_parameters(c, i) + up_parameters(c, i);
  return count;
}

}  // namespace stepwise
