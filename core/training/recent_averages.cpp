#include "training/recent_averages.h"

#include <torch/utils.h>

namespace stepwise {

RecentAverages::RecentAverages(std::int64_t step, const torch::Tensor& averages, int count) {
  for (int i = 0; i < count; ++i) places_.push_back(torch::empty_like(averages));
  note(step, averages);
}

void RecentAverages::note(std::int64_t step, const torch::Tensor& averages) {
  places_[std::size_t(step) % places_.size()].copy_(averages);
}

const torch::Tensor& RecentAverages::after(std::int64_t step) const {
  return places_[std::size_t(step) % places_.size()];
}

}  // namespace stepwise
