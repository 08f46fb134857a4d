// The time a run has taken: from its first step on, pauses left out, and so is the time in which
// the process was stopped (Ctrl-Z, docker pause) or the machine asleep. Worker thread only.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <utility>

namespace stepwise {

// A stop looks from inside like one lap that took too long. So a lap, from the end of one piece of
// work to the end of the next, counts at most a second, or a few times what laps took before.
class TrainingClock {
 public:
  static constexpr double kMaxSeconds = 1, kMaxLaps = 4;

  // `now` tells seconds of any clock that only goes forward.
  explicit TrainingClock(std::function<double()> now = steady_seconds) : now_(std::move(now)) {}

  // Starts, or goes on after a pause; nothing happens if it runs.
  void run() {
    if (!running_) since_ = now_();
    running_ = true;
  }

  // A piece of work has ended.
  void lap() {
    if (!running_) return;
    const double took = counted();
    before_ += took;
    usual_ = (usual_ + took) / 2;
    since_ = now_();
  }

  void pause() {
    before_ = seconds();
    running_ = false;
  }

  double seconds() const { return before_ + (running_ ? counted() : 0); }
  void set_seconds(double seconds) { before_ = seconds; }  // Of an earlier session; before run().

  // Tells how long a step of so many pictures took.
  void step_took(double seconds, std::int64_t pictures) {
    const double now = double(pictures) / seconds;
    rate_ = rate_ > 0 ? 0.9 * rate_ + 0.1 * now : now;
  }
  double pictures_per_second() const { return rate_; }

  static double steady_seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
  }

 private:
  // Of the lap so far.
  double counted() const {
    return std::min(now_() - since_, std::max(kMaxSeconds, kMaxLaps * usual_));
  }

  std::function<double()> now_;
  double since_ = 0;   // The end of the last lap.
  double before_ = 0;  // What was counted until then.
  double usual_ = 0;   // What a lap takes: a mean of the latest.
  bool running_ = false;
  double rate_ = 0;
};

}  // namespace stepwise
