// The time a run has taken: from its first step on, pauses left out. Worker thread only.
#pragma once

#include <chrono>
#include <cstdint>

namespace stepwise {

class TrainingClock {
 public:
  // Starts, or goes on after a pause; nothing happens if it runs.
  void run() {
    if (!running_) since_ = Clock::now();
    running_ = true;
  }

  void pause() {
    before_ = seconds();
    running_ = false;
  }

  double seconds() const { return before_ + (running_ ? since(since_) : 0); }
  void set_seconds(double seconds) { before_ = seconds; }  // Of an earlier session; before run().

  // Tells how long a step of so many pictures took.
  void step_took(double seconds, std::int64_t pictures) {
    const double now = double(pictures) / seconds;
    rate_ = rate_ > 0 ? 0.9 * rate_ + 0.1 * now : now;
  }
  double pictures_per_second() const { return rate_; }

  using Clock = std::chrono::steady_clock;
  static double since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
  }

 private:
  Clock::time_point since_;
  double before_ = 0;
  bool running_ = false;
  double rate_ = 0;
};

}  // namespace stepwise
