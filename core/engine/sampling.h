// The tree of branches on screen and those of its branches that are running. Worker thread.
#pragma once

#include <optional>
#include <vector>

#include "editing/trajectory.h"
#include "engine/messages.h"
#include "engine/source.h"

namespace stepwise {

class Sampling {
 public:
  // Replaces the tree with a new one and runs its root.
  void start(const Sample& command, const Source& source, ModelSource name, const Emit& emit);
  // Forks a branch and runs it before all others. Throws Error if the edit is of nothing that
  // exists.
  void resample(const Resample& command, const Source& source, ModelSource name, const Emit& emit);
  void go_on(const Continue& command);
  // Leaves every running branch where it is.
  void stop(const Emit& emit);

  bool busy() const { return !runs_.empty(); }
  // One frame of the branch that was asked for last. If it throws, that branch stops where it is.
  void step(const Source& source, const Emit& emit);

  // Throws Error if nothing has been sampled yet.
  const Trajectory& trajectory() const;

 private:
  struct Run {
    BranchId branch;
    int until;  // The step to stop at.
    double seconds = 0;
  };
  void run(BranchId branch, int until);

  std::optional<Trajectory> trajectory_;
  std::vector<Run> runs_;  // The last is the one that runs.
};

}  // namespace stepwise
