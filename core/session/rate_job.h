// A search for a learning rate, as a job. Worker thread.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "engine/job.h"
#include "training/rate_finder.h"

namespace stepwise {

class RateJob : public Job {
 public:
  // `asked`: whether somebody waits for the worker. Throws Error if the recipe does not fit the
  // data.
  RateJob(const FindRate& command, std::shared_ptr<const Dataset> data, torch::Device device,
          std::function<bool()> asked);
  bool step(const Emit& emit) override;

 private:
  using Clock = std::chrono::steady_clock;

  std::shared_ptr<const Dataset> data_;
  std::function<bool()> asked_;
  RateFinder finder_;
  Clock::time_point next_report_;
};

}  // namespace stepwise
