// A network where it is to compute. Used on the thread that owns the network.
#pragma once

#include <torch/types.h>

#include "model/unet.h"

namespace stepwise {

// Moves a network to a device, there with channels innermost: the order in which graphics
// processors convolve fastest.
UNet2DModel placed(UNet2DModel net, torch::Device device);

// Lets the network's parameters be these, of the same shapes and of any type of floats. What is
// written to them by way of another tensor it does not see: tell_written().
void set_parameters(UNet2DModel& net, const std::vector<torch::Tensor>& parameters);
void tell_written(UNet2DModel& net);

}  // namespace stepwise
