// A network as small as they come, for tests of the files around it. One thread.
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

}  // namespace stepwise
