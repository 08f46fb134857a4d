// A training run that another process leads: this one computes its share of each step, until it is
// dismissed. Worker thread.
#pragma once

#include <functional>
#include <utility>

#include "engine/job.h"
#include "training/trainer.h"

namespace stepwise {

class FollowingJob : public Job {
 public:
  FollowingJob(Trainer trainer, std::function<bool()> asked)
      : trainer_(std::move(trainer)), asked_(std::move(asked)) {}

  bool step(const Emit&) override {
    trainer_.advance(asked_);
    return !trainer_.dismissed();
  }

 private:
  Trainer trainer_;
  std::function<bool()> asked_;
};

}  // namespace stepwise
