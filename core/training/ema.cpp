#include "training/ema.h"

#include <torch/utils.h>
#include <algorithm>
#include <cmath>

namespace stepwise {

double ema_decay(double share, std::int64_t step) {
  if (step <= 1 || share <= 0) return 0;
  return std::exp2(-1 / std::max(1.0, share * double(step)));
}

void ema_update(const torch::Tensor& average, const torch::Tensor& weights,
                const torch::Tensor& decay, const torch::Tensor& sound) {
  const torch::NoGradGuard no_grad;
  const torch::Tensor share = (1 - decay) * sound;
  average.mul_(1 - share).addcmul_(weights, share);
}

}  // namespace stepwise
