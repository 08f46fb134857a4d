// The training picture nearest to each of a batch: does a model copy? On the thread that owns the
// tensors.
#pragma once

#include <torch/types.h>

#include "data/idx.h"

namespace stepwise {

struct Nearest {
  torch::Tensor index;     // [N], int64: which of the searched pictures.
  torch::Tensor distance;  // [N], double: root mean square over the pixels, in data units.
};

// Searches pictures of a data set for those nearest to `queries` [N, C, H, W], a portion at a time.
class NearestSearch {
 public:
  NearestSearch(const Pictures& pictures, const torch::Tensor& queries);

  bool step();  // Compares with the next few thousand pictures; false when all have been seen.
  double fraction() const;
  Nearest result() const;

 private:
  const Pictures& pictures_;
  torch::Tensor queries_;  // [N, C * H * W]
  torch::Tensor best_, index_;
  std::int64_t seen_ = 0;
};

}  // namespace stepwise
