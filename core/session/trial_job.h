// A trial of two recipes, as a job. Worker thread.
#pragma once

#include <functional>
#include <memory>

#include "engine/job.h"
#include "training/trial.h"

namespace stepwise {

class TrialJob : public Job {
 public:
  // `asked`: whether somebody waits for the worker. Throws Error if a recipe does not fit the data.
  TrialJob(const TryRecipes& command, std::shared_ptr<const Dataset> data, torch::Device device,
           const Emit& emit, std::function<bool()> asked);
  bool step(const Emit& emit) override;

 private:
  std::shared_ptr<const Dataset> data_;
  std::function<bool()> asked_;
  Trial trial_;
};

}  // namespace stepwise
