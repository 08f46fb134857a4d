// The time a run has taken: from its first step on, without pauses, without what looking at it
// took, and without the time in which the process was stopped (Ctrl-Z, docker pause) or the machine
// asleep. Worker thread only.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <utility>

namespace stepwise {

// Laps added up. A stop looks from inside like one that took too long: so each counts at most a
// second, or a few times what laps took before.
struct Laps {
  static constexpr double kMaxSeconds = 1, kMaxLaps = 4;

  double sum = 0;
  double usual = 0;  // What a lap takes: a mean of the latest.

  double counted(double took) const {
    return std::min(took, std::max(kMaxSeconds, kMaxLaps * usual));
  }
  void add(double took) {
    const double counts = counted(took);
    sum += counts;
    usual = (usual + counts) / 2;
  }
};

// A lap is from the end of one piece of work to the end of the next.
class TrainingClock {
 public:
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
    training_.add(now_() - since_);
    since_ = now_();
  }

  void pause() {
    training_.sum = seconds();
    running_ = false;
  }

  double seconds() const {
    return training_.sum + (running_ ? training_.counted(now_() - since_) : 0);
  }
  void set_seconds(double seconds) { training_.sum = seconds; }  // Of an earlier session.

  // While there is one, somebody looks at the run: that is no time of training.
  class Look {
   public:
    explicit Look(TrainingClock& clock)
        : clock_(clock), was_running_(clock.running_), since_(clock.now_()) {
      clock_.pause();
    }
    ~Look() {
      clock_.looking_.add(clock_.now_() - since_);
      if (was_running_) clock_.run();
    }
    Look(const Look&) = delete;
    Look& operator=(const Look&) = delete;

   private:
    TrainingClock& clock_;
    bool was_running_;
    double since_;
  };
  double looked() const { return looking_.sum; }
  void set_looked(double seconds) { looking_.sum = seconds; }  // In earlier sessions.

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
  std::function<double()> now_;
  double since_ = 0;  // The end of the last lap.
  Laps training_, looking_;
  bool running_ = false;
  double rate_ = 0;
};

}  // namespace stepwise
