// How much arithmetic a U-Net asks for: what its speed is measured by, and what training has cost.
// No torch; any thread.
#pragma once

#include <cstdint>

#include "formats/unet_config.h"

namespace stepwise {

// Floating-point operations of one forward pass of one picture of so many pixels: two for each
// multiplication of a convolution, a linear layer or attention. Norms, activations and additions
// are left out.
double forward_flops(const UNet2DConfig& config, std::int64_t height, std::int64_t width);

// Of a training step, per picture: the pass back costs as much as two forward.
inline constexpr double kPassesOfTraining = 3;

}  // namespace stepwise
