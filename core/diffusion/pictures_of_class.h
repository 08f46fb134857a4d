// Some pictures of a class, for what is made of the pictures themselves. Worker thread.
#pragma once

#include <torch/types.h>

#include <cstdint>

namespace stepwise {

// At most so many of the pictures with this label, evenly over all of them, or of all pictures
// where none has it: [m, C, H, W] in [-1, 1]. `pixels`: bytes, [M, C, H, W], M > 0; `labels`: [M]
// int64.
torch::Tensor pictures_of_class(const torch::Tensor& pixels, const torch::Tensor& labels, int label,
                                std::int64_t most);

}  // namespace stepwise
