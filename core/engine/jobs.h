// All work that has begun and not ended, and whose turn it is. Worker thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/job.h"

namespace stepwise {

// The first turn of each job comes before all else, in the order of the mail: what was asked for
// later finds done what was asked for before. One that needs what is still being opened waits for
// it. After its first turn, work of the first kind that there is goes before all other.
enum class Priority {
  kWatched,  // Of several the newest goes first.
  kOpening,  // Others may need what it opens.
  kListing,
  kLong  // May take its time; several take turns.
};

// Does the first piece of a job, and gives the rest; nullptr where that was all.
using StartJob = std::function<std::shared_ptr<Job>(const Emit& emit)>;

class Jobs {
 public:
  // `what`: what a failure would be a failure of. `needs`: while one of these is being opened, it
  // does not begin. Nothing is done before the job has its turn.
  void add(JobId id, Priority priority, std::string what, std::vector<JobId> needs, StartJob start);

  // One piece of the job whose turn it is; false when there is none that could go on. A job that
  // throws is gone, and failure() tells whose it was.
  bool step(const Send& send);

  // Both leave alone what has ended.
  void cancel(JobId id, const Send& send);
  void pause(JobId id, bool paused, const Send& send);

  // The program is closing.
  void leave(const Send& send);

  // What to tell of an exception that one of the above let through.
  Report failure(std::string message) const { return {id_, Failed{what_, std::move(message)}}; }
  // Work on this command begins, outside of a job.
  void now(JobId id, std::string what);

 private:
  struct Entry {
    JobId id = kNoJob;
    Priority priority = Priority::kLong;
    std::string what;
    std::vector<JobId> needs;
    StartJob start;
    std::shared_ptr<Job> job;  // nullptr before its first turn.
    bool paused = false;
    double seconds = 0;
  };
  std::vector<Entry>::iterator find(JobId id);
  Entry take(std::vector<Entry>::iterator place);
  bool waits(const Entry& entry) const;  // For others, or to be told to go on.

  std::vector<Entry> entries_;  // The one whose last turn is longest ago comes first.
  JobId id_ = kNoJob;           // What is worked on.
  std::string what_;
};

}  // namespace stepwise
