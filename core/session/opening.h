// Work in pieces as a job, such as opening, so that nobody waits for a large file who does not need
// it. What is open changes with the last piece: an opening that is cancelled leaves no trace.
// Worker thread.
#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "engine/job.h"

namespace stepwise {

// One piece of the work; false when that was the last.
using Piece = std::function<bool(const Emit& emit)>;

class PiecewiseJob : public Job {
 public:
  explicit PiecewiseJob(Piece piece) : piece_(std::move(piece)) {}
  bool step(const Emit& emit) override { return piece_(emit); }

 private:
  Piece piece_;
};

// Does the first piece, and gives the rest; nullptr where that was all.
inline std::shared_ptr<Job> begin_piecewise(Piece piece, const Emit& emit) {
  return piece(emit) ? std::make_shared<PiecewiseJob>(std::move(piece)) : nullptr;
}

}  // namespace stepwise
