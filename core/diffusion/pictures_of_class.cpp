#include "diffusion/pictures_of_class.h"

#include <algorithm>

#include "diffusion/tensor_image.h"

namespace stepwise {

torch::Tensor pictures_of_class(const torch::Tensor& pixels, const torch::Tensor& labels, int label,
                                std::int64_t most) {
  torch::Tensor own = labels.eq(label).nonzero().view({-1});
  if (own.numel() == 0) own = torch::arange(labels.size(0), own.options());
  const std::int64_t count = own.size(0), taken = std::min(count, most);
  const auto even = torch::floor_divide(torch::arange(taken, own.options()) * count, taken);
  return data_units(pixels.index_select(0, own.index_select(0, even)));
}

}  // namespace stepwise
