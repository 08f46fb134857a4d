// How much arithmetic a U-Net asks for: the limit that its speed is compared with.
#pragma once

#include <torch/types.h>

#include "model/unet.h"

namespace stepwise {

// Floating-point operations of one forward pass of one picture: two for each multiplication of a
// convolution, a linear layer or attention. Norms, activations and additions are left out.
double forward_flops(const UNet2DModelImpl& net, std::int64_t height, std::int64_t width);

}  // namespace stepwise
