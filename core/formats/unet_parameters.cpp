#include "formats/unet_config.h"
#include "formats/unet_shape.h"

namespace stepwise {
namespace {

std::int64_t count_of(const UNet2DConfig& c, const ResnetShape& r) {
  const std::int64_t projected = c.resnet_time_scale_shift == "scale_shift" ? 2 * r.out : r.out;
  return 2 * r.in + (9 * r.in + 1) * r.out + (time_embedding_dim(c) + 1) * projected + 2 * r.out +
         (9 * r.out + 1) * r.out + (r.projects() ? (r.in + 1) * r.out : 0);
}

std::int64_t count_of(const AttentionShape& a) {
  const std::int64_t inner = a.heads() * a.head_width;
  return 3 * (a.channels + 1) * inner + (inner + 1) * a.channels +
         (a.groups > 0 ? 2 * a.channels : 0);
}

std::int64_t count_of(const UNet2DConfig& c, const BlockShape& block) {
  std::int64_t count = (9 * block.convolution + 1) * block.convolution;  // 0 without.
  for (const ResnetShape& resnet : block.resnets) count += count_of(c, resnet);
  for (const AttentionShape& attention : block.attentions) count += count_of(attention);
  if (block.rescaling) count += count_of(c, *block.rescaling);
  return count;
}

// What Skip blocks have to project their picture: up from it, or down to it.
std::int64_t image_parameters(const BlockShape& down, const BlockShape& up) {
  std::int64_t count = 0;
  if (down.image_channels > 0) count += (down.image_channels + 1) * down.rescaling->out;
  if (up.image_channels > 0)
    count += 2 * up.rescaling->out + (9 * up.rescaling->out + 1) * up.image_channels;
  return count;
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

}  // namespace

std::int64_t time_embedding_dim(const UNet2DConfig& c) {
  return c.time_embedding_dim.value_or(4 * c.block_out_channels[0]);
}

std::int64_t parameter_count(const UNet2DConfig& c) {
  const std::int64_t first = c.block_out_channels[0];
  std::int64_t count =
      (9 * c.in_channels + 1) * first + 2 * first + (9 * first + 1) * c.out_channels;
  count += embedding_parameters(c) + count_of(c, mid_shape(c));
  for (std::size_t i = 0; i < c.block_out_channels.size(); ++i) {
    const BlockShape down = down_shape(c, i), up = up_shape(c, i);
    count += count_of(c, down) + count_of(c, up) + image_parameters(down, up);
  }
  return count;
}

}  // namespace stepwise
