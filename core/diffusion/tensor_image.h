// Between tensors [N, C, H, W], which never leave the worker, and pictures H x W x C, which may.
// The values are copied unchanged, from whatever device and floating-point type.
#pragma once

#include <torch/torch.h>

#include "image/image.h"

namespace stepwise {

torch::Tensor to_tensor(const Image& image);               // [C, H, W]
torch::Tensor to_tensor(const ImageBatch& images);         // [N, C, H, W]
Image to_image(const torch::Tensor& picture);              // From [C, H, W].
ImageBatch to_image_batch(const torch::Tensor& pictures);  // From [N, C, H, W].

}  // namespace stepwise
