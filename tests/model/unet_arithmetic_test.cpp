// The arithmetic of networks, counted by their parameters: what each of these is multiplied with.
#include "formats/unet_arithmetic.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include <cmath>

#include "model/unet.h"

namespace stepwise {
namespace {

// How often the picture was halved where the layer of this name puts its output.
int level_of(const std::string& name, int levels) {
  const auto block = [&](std::size_t prefix) { return std::stoi(name.substr(prefix)); };
  if (name.starts_with("down_blocks."))
    return block(12) + (name.find(".downsamplers.") != name.npos ? 1 : 0);
  if (name.starts_with("up_blocks."))
    return levels - 1 - block(10) - (name.find(".upsamplers.") != name.npos ? 1 : 0);
  return name.starts_with("mid_block.") ? levels - 1 : 0;
}

double counted(const UNet2DModelImpl& net, std::int64_t side) {
  const int levels = int(net.config.block_out_channels.size());
  double flops = 0;
  for (const auto& item : net.named_parameters()) {
    const std::string& name = item.key();
    const torch::Tensor& weight = item.value();
    if (weight.dim() < 2 || name.starts_with("class_embedding.")) continue;
    const double pixels = double(side * side) / std::pow(4, level_of(name, levels));
    const bool on_pixels = weight.dim() == 4 || name.find(".to_") != name.npos;
    flops += 2 * double(weight.numel()) * (on_pixels ? pixels : 1);
    if (name.ends_with(".to_q.weight")) flops += 4 * pixels * pixels * double(weight.size(0));
  }
  return flops;
}

UNet2DConfig three_levels() {
  UNet2DConfig c;
  c.in_channels = c.out_channels = 3;
  c.block_out_channels = {8, 16, 24};
  c.down_block_types = {"DownBlock2D", "AttnDownBlock2D", "AttnDownBlock2D"};
  c.up_block_types = {"AttnUpBlock2D", "AttnUpBlock2D", "UpBlock2D"};
  c.layers_per_block = 2;
  c.norm_num_groups = 4;
  c.num_class_embeds = 11;
  return c;
}

TEST(UnetArithmetic, IsThatOfTheParametersOfTheNetwork) {
  UNet2DConfig c = three_levels();
  EXPECT_EQ(forward_flops(c, 28, 28), counted(*UNet2DModel(c), 28));
  c.time_embedding_type = "fourier";
  c.resnet_time_scale_shift = "scale_shift";
  c.downsample_type = c.upsample_type = "resnet";
  c.attention_head_dim = 4;
  EXPECT_EQ(forward_flops(c, 32, 32), counted(*UNet2DModel(c), 32));
}

}  // namespace
}  // namespace stepwise
