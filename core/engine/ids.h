// What commands, the work that they start and the models that come of it are called. Any thread.
#pragma once

#include <atomic>
#include <cstdint>

#include "settings/teacher.h"

namespace stepwise {

// Names a command, and the work that it starts. Ids rise and are never given twice.
using JobId = std::uint64_t;
inline constexpr JobId kNoJob = 0;

// A model is named by the command that it comes from: OpenModel, AverageRun, Snapshot, Combine,
// OpenTeacher, or Train, whose model is the newest of the run.
using ModelId = JobId;
inline constexpr ModelId kNoModel = kNoJob;

// One that no command of this process has had.
inline JobId next_job_id() {
  static std::atomic<JobId> last = kNoJob;
  return ++last;
}

}  // namespace stepwise
