#include "training/ema.h"

#include <torch/utils.h>
#include <algorithm>
#include <cmath>

namespace stepwise {

double ema_decay(double share, std::int64_t step) {
  if (step <= 1 || share <= 0) return 0;
  return std::exp2(-1 / std::max(1.0, share * double(step)));
}

void ema_update(const std::vector<torch::Tensor>& average,
                const std::vector<torch::Tensor>& weights, double decay,
                const torch::Tensor& sound) {
  torch::NoGradGuard no_grad;
  const torch::Tensor share = (1 - decay) * sound, kept = 1 - share;
  for (std::size_t i = 0; i < average.size(); ++i)
    average[i].mul_(kept).addcmul_(weights[i], share);
}

}  // namespace stepwise
