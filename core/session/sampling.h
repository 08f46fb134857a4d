// A branch that runs, a frame at a time, and frames that are asked for. Worker thread.
#pragma once

#include "editing/forest.h"
#include "engine/job.h"

namespace stepwise {

BranchStarted announcement(const Branch& branch, ModelId model);

class BranchJob : public Job {
 public:
  // Runs a branch up to a step; -1: to its end. When its tree is closed it ends.
  BranchJob(Forest& forest, BranchId branch, int until);

  // One frame. If it throws, the branch stays where it is.
  bool step(const Emit& emit) override;

 private:
  Forest& forest_;
  BranchId branch_;
  int until_;
};

// Tells of a frame, which may have to be computed again. When its tree is closed it ends.
class FetchJob : public Job {
 public:
  FetchJob(Forest& forest, BranchId branch, int step)
      : forest_(forest), branch_(branch), step_(step) {}

  bool step(const Emit& emit) override;

 private:
  Forest& forest_;
  BranchId branch_;
  int step_;
};

}  // namespace stepwise
