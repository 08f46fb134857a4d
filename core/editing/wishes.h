// Wishes of layers as what a guess lacks to grant them. All are linear in the guess. Worker thread.
#pragma once

#include <cstdint>
#include <vector>

#include "diffusion/pigdm.h"
#include "painting/edit.h"

namespace stepwise {

// Of all wishes of these layers for pictures [n, C, H, W] of this shape, {C, H, W}; empty: there
// are none. Throws Error for a sketch of another size.
Lack lack_of(const Layers& layers, const std::vector<std::int64_t>& shape, torch::Device device);

}  // namespace stepwise
