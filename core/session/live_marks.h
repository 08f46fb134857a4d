// The marks of a run in training, see training/marks.h: made between two of its steps. Worker
// thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/events.h"
#include "training/trainer.h"

namespace stepwise {

class LiveMarks {
 public:
  // Begins with those that lie in the run's folder. False where there are none.
  bool begin(std::filesystem::path folder, const Trainer& trainer);

  // Whether it is time for one of those that the recipe asks for, at even shares of the budget.
  bool due(const Trainer& trainer);

  // Makes one of the run as it is now; `change`: what will be changed right behind it, in words.
  // Changes at one step, as of a run that is paused, share a mark, which is from before all of
  // them. One that cannot be written is told of.
  void add(Trainer& trainer, const std::string& change, const Emit& emit);
  const std::vector<TrainingMark>& all() const { return marks_; }

 private:
  std::filesystem::path folder_;
  std::vector<TrainingMark> marks_;  // By their steps.
  int due_ = 0;                      // Of those that the recipe asks for, so far.
};

}  // namespace stepwise
