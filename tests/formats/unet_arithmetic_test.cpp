#include "formats/unet_arithmetic.h"

#include <gtest/gtest.h>

namespace stepwise {
namespace {

// One level, one resnet down, two up, and no more.
UNet2DConfig plain() {
  UNet2DConfig c;
  c.in_channels = c.out_channels = 1;
  c.block_out_channels = {4};
  c.down_block_types = {"DownBlock2D"};
  c.up_block_types = {"UpBlock2D"};
  c.layers_per_block = 1;
  c.mid_block_type = "";
  c.norm_num_groups = 4;
  return c;
}

TEST(UnetArithmetic, OfOneLevelIsThatOfItsConvolutionsAndItsEmbedding) {
  const double embedding = 4 * 16 + 16 * 16, ends = 9 * 4 + 9 * 4;
  const double down = 9 * 4 * 4 + 9 * 4 * 4;              // 4 channels to 4,
  const double up = 2 * (9 * 8 * 4 + 9 * 4 * 4 + 8 * 4);  // 8 to 4, with a shortcut, twice.
  const double of_time = 3 * 16 * 4;                      // Into each resnet.
  const double pixels = 6 * 10;
  EXPECT_EQ(forward_flops(plain(), 6, 10), 2 * (pixels * (ends + down + up) + embedding + of_time));
}

TEST(UnetArithmetic, OfAttentionGrowsWithTheSquareOfThePixels) {
  UNet2DConfig with = plain();
  with.down_block_types = {"AttnDownBlock2D"};
  with.attention_head_dim = 2;
  const auto attention = [&](int side) {
    return forward_flops(with, side, side) - forward_flops(plain(), side, side);
  };
  const double projections = 4 * 4 * 4;
  for (const double side : {4., 8.}) {
    const double pixels = side * side;
    EXPECT_EQ(attention(int(side)), 2 * (projections * pixels + 2 * pixels * pixels * 4)) << side;
  }
}

TEST(UnetArithmetic, OfALevelMoreIsThatOfAQuarterOfThePixels) {
  UNet2DConfig deeper = plain();
  deeper.block_out_channels = {4, 4};
  deeper.down_block_types = {"DownBlock2D", "DownBlock2D"};
  deeper.up_block_types = {"UpBlock2D", "UpBlock2D"};
  const double down = 9 * 4 * 4 + 9 * 4 * 4, up = 2 * (9 * 8 * 4 + 9 * 4 * 4 + 8 * 4);
  const double halving = 9 * 4 * 4 * 16, doubling = 9 * 4 * 4 * 64;  // At the pixels they put out.
  EXPECT_EQ(forward_flops(deeper, 8, 8) - forward_flops(plain(), 8, 8),
            2 * (16 * (down + up) + halving + doubling + 3 * 16 * 4));
}

}  // namespace
}  // namespace stepwise
