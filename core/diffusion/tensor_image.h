// Between tensors [N, C, H, W], which never leave the worker, and pictures H x W x C, which may.
// Values of images are copied unchanged, from whatever device and floating-point type; the bytes of
// a data set become data units.
#pragma once

#include <torch/types.h>

#include <cstdint>

#include "data/pictures.h"
#include "image/image.h"

namespace stepwise {

torch::Tensor to_tensor(const Image& image);               // [C, H, W]
torch::Tensor to_tensor(const ImageBatch& images);         // [N, C, H, W]
Image to_image(const torch::Tensor& picture);              // From [C, H, W].
ImageBatch to_image_batch(const torch::Tensor& pictures);  // From [N, C, H, W].

// The bytes [N, C, H, W] and the classes [N] of a data set, uint8, that share its memory: they
// are only read. The bytes stay where they are as long as the tensor lives, the classes as long as
// the data set does.
torch::Tensor pixels_of(const Pictures& pictures);
torch::Tensor labels_of(const Pictures& pictures);
torch::Tensor data_units(const torch::Tensor& bytes);  // 0 to 255 as -1 to 1.
// Pictures [first, first + count), or those of these indices, int64 [n], in data units.
torch::Tensor tensor_of(const Pictures& pictures, std::int64_t first, std::int64_t count);
torch::Tensor tensor_of(const Pictures& pictures, const torch::Tensor& indices);

}  // namespace stepwise
