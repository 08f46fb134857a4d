#include "formats/unet_arithmetic.h"

#include <cmath>

#include "formats/unet_shape.h"

namespace stepwise {
namespace {

// All below are multiplications. Layers of the time embedding run once, all others on each of the
// pixels that they put out.
double count_of(const UNet2DConfig& c, const ResnetShape& r, double pixels) {
  const std::int64_t projected = c.resnet_time_scale_shift == "scale_shift" ? 2 * r.out : r.out;
  const std::int64_t shortcut = r.projects() ? r.in * r.out : 0;
  return double(9 * r.in * r.out + 9 * r.out * r.out + shortcut) * pixels +
         double(time_embedding_dim(c) * projected);
}

// Projections, and each pixel with each other one, twice.
double count_of(const AttentionShape& a, double pixels) {
  const auto inner = double(a.heads() * a.head_width);
  return 4 * double(a.channels) * inner * pixels + 2 * pixels * pixels * inner;
}

// `rescaled`: pixels of what the block puts out.
double count_of(const UNet2DConfig& c, const BlockShape& block, double pixels, double rescaled) {
  double count = 9 * double(block.convolution * block.convolution) * rescaled;  // 0 without.
  for (const ResnetShape& resnet : block.resnets) count += count_of(c, resnet, pixels);
  for (const AttentionShape& attention : block.attentions) count += count_of(attention, pixels);
  if (block.rescaling) count += count_of(c, *block.rescaling, rescaled);
  return count;
}

double embedding_count(const UNet2DConfig& c) {
  const std::int64_t first = c.block_out_channels[0], width = time_embedding_dim(c);
  const std::int64_t features = c.time_embedding_type == "fourier" ? 2 * first : first;
  return double((features + width) * width);
}

}  // namespace

double forward_flops(const UNet2DConfig& c, std::int64_t height, std::int64_t width) {
  const auto first = double(c.block_out_channels[0]);
  const int levels = int(c.block_out_channels.size());
  const auto pixels = [&](int level) { return double(height * width) / std::pow(4, level); };
  double count =
      embedding_count(c) + 9 * double(c.in_channels + c.out_channels) * first * pixels(0);
  count += count_of(c, mid_shape(c), pixels(levels - 1), 0);
  for (int i = 0; i < levels; ++i) {
    const BlockShape down = down_shape(c, std::size_t(i));
    const BlockShape up = up_shape(c, std::size_t(levels - 1 - i));
    count +=
        count_of(c, down, pixels(i), pixels(i + 1)) + count_of(c, up, pixels(i), pixels(i - 1));
    if (down.image_channels > 0)
      count += double(down.image_channels * down.rescaling->out) * pixels(i + 1);
    if (up.image_channels > 0)
      count += 9 * double(up.image_channels * up.rescaling->out) * pixels(i - 1);
  }
  return 2 * count;
}

}  // namespace stepwise
