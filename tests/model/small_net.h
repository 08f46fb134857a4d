// Networks as small as they come, for tests of what is around them. One thread.
#pragma once

#include "model/unet.h"

namespace stepwise {

inline UNet2DConfig small_config() {
  UNet2DConfig c;
  c.in_channels = c.out_channels = 1;
  c.block_out_channels = {8};
  c.down_block_types = {"DownBlock2D"};
  c.up_block_types = {"UpBlock2D"};
  c.layers_per_block = 1;
  c.norm_num_groups = 4;
  return c;
}

// With another level below, which pays attention.
inline UNet2DConfig attentive_config() {
  UNet2DConfig c = small_config();
  c.block_out_channels = {8, 16};
  c.down_block_types = {"DownBlock2D", "AttnDownBlock2D"};
  c.up_block_types = {"AttnUpBlock2D", "UpBlock2D"};
  return c;
}

}  // namespace stepwise
