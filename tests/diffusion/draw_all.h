// Drawings from their first step to their last.
#pragma once

#include "diffusion/draw.h"

namespace stepwise {

// All pictures of a drawing: [count, C, H, W].
inline Tensor draw(Drawing drawing) {
  std::vector<Tensor> portions;
  for (bool more = true; more;) {
    more = drawing.step();
    if (const auto portion = drawing.take()) portions.push_back(portion->pictures);
  }
  return torch::cat(portions);
}

}  // namespace stepwise
