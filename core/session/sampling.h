// A branch that runs, a frame at a time. Worker thread.
#pragma once

#include <memory>

#include "editing/trajectory.h"
#include "engine/job.h"

namespace stepwise {

BranchStarted announcement(const Branch& branch, ModelId model);

class BranchJob : public Job {
 public:
  // Runs a branch of the tree up to a step; -1: to its end. When the tree is gone it ends.
  BranchJob(const std::shared_ptr<Trajectory>& tree, BranchId branch, int until);

  // One frame. If it throws, the branch stays where it is.
  bool step(const Emit& emit) override;

 private:
  std::weak_ptr<Trajectory> tree_;
  BranchId branch_;
  int until_;
};

}  // namespace stepwise
