#include "model/smooth_rescale.h"

namespace stepwise {

using torch::Tensor;

Tensor smoothly_halved(const Tensor& x) {
  const Tensor line = torch::tensor({1., 3., 3., 1.}, x.options()) / 8;
  const Tensor filter = line.outer(line).expand({x.size(1), 1, 4, 4});
  return torch::conv2d(x, filter, {}, /*stride=*/2, /*padding=*/1, /*dilation=*/1,
                       /*groups=*/x.size(1));
}

// Between pixels the filter is linear interpolation, of weights 3/4 and 1/4.
Tensor smoothly_doubled(const Tensor& x) {
  const std::int64_t height = 2 * x.size(2), width = 2 * x.size(3);
  const Tensor framed = torch::constant_pad_nd(x, {1, 1, 1, 1});
  const Tensor doubled =
      torch::upsample_bilinear2d(framed, {height + 4, width + 4}, /*align_corners=*/false);
  return doubled.narrow(2, 2, height)
      .narrow(3, 2, width)
      .contiguous(x.suggest_memory_format());  // As packed convolutions read it.
}

}  // namespace stepwise
