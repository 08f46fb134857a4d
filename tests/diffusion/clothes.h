// Real pictures for claims about them: of the test set of Fashion-MNIST.
#pragma once

#include <torch/types.h>

#include "data/dataset.h"
#include "diffusion/tensor_image.h"

namespace stepwise {

inline const Dataset& clothes() {
  static const Dataset data = open_dataset("fashion-mnist");
  return data;
}

// The first so many, [N, 1, 28, 28] in [-1, 1].
inline torch::Tensor test_clothes(std::int64_t count) {
  return tensor_of(clothes().test, 0, count);
}

}  // namespace stepwise
