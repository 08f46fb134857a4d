// How near the pictures of a run in training come to real ones: now and then some are drawn and
// measured as EvaluateJob does, in pieces between two of its steps. Worker thread.
#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "session/evaluating.h"
#include "training/trainer.h"

namespace stepwise {

class LiveMeasure {
 public:
  // So many pictures each time, against those that the run is trained on. Throws Error where so
  // many cannot be measured.
  LiveMeasure(std::shared_ptr<ReferenceSet> reference, int count);

  // Whether it is time for the next one. They take a tenth of the time, but for the first against a
  // data set, which looks at all real pictures as well.
  bool due() const { return Clock::now() >= next_; }
  // The step that was measured last, or is; -1: none.
  std::int64_t begun_at() const { return point_.step; }

  void begin(const Trainer& trainer, SharedModel model);
  bool under_way() const { return job_ != nullptr; }
  // A piece; with the last one what came of it. What cannot be measured is left out, and told.
  std::optional<MeasuredPoint> step(const Emit& emit);
  void stop() { job_.reset(); }

 private:
  using Clock = std::chrono::steady_clock;

  std::shared_ptr<ReferenceSet> reference_;
  int count_;
  std::unique_ptr<EvaluateJob> job_;
  MeasuredPoint point_{.step = -1};
  Clock::duration cost_{};  // Of the pieces of this one.
  Clock::time_point next_;
};

}  // namespace stepwise
