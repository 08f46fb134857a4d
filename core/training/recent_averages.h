// The averaged weights after each of the last few steps, for those who want the newest that a
// device has computed by now and cannot wait for those that are still on their way. Worker thread
// only.
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace stepwise {

class RecentAverages {
 public:
  // Keeps those of `count` steps.
  RecentAverages(std::int64_t step, const torch::Tensor& averages, int count);

  void note(std::int64_t step, const torch::Tensor& averages);
  // Of one of the last `count` steps noted.
  const torch::Tensor& after(std::int64_t step) const;

 private:
  std::vector<torch::Tensor> places_;  // Step k's is place k % count.
};

}  // namespace stepwise
