// The runs of a trial (settings/trial.h), turn by turn: always the one that has come least far of
// its budget takes the next step, so whatever else the machine does falls on all alike. Nothing is
// written. Worker thread only.
#pragma once

#include <functional>
#include <vector>

#include "settings/trial.h"
#include "training/trainer.h"

namespace stepwise {

class Trial {
 public:
  // As many runs of each recipe, with seeds that count up from its own. The data must stay. Throws
  // Error for recipes whose losses do not compare, and budgets that never end.
  Trial(Recipe a, Recipe b, int pairs, const Dataset& data, torch::Device device);

  // Begins another run, or goes on with the one whose turn it is. `asked`: as of
  // Trainer::advance(). Throws Error if a recipe does not fit the data.
  void advance(const std::function<bool()>& asked);
  // Whether all have come to where the next look() is to be.
  bool due() const;
  // Measures all runs. Throws Error if one of them cannot go on, and says which.
  TrialLook look();

  bool finished() const { return looks_ == kTrialLooks; }
  double fraction() const;  // Of the budget of that which has come least far, 0 to 1.

 private:
  using Runs = std::vector<Trainer>;
  Trainer begun(const Recipe& recipe, std::size_t pair) const;
  Trainer& next();
  TrialRange range(int first, int last) const;

  Recipe recipe_a_, recipe_b_;
  std::size_t pairs_;
  const Dataset* data_;
  torch::Device device_;
  Runs a_, b_;
  std::vector<HeldOutPoint> of_a_, of_b_;  // As the last look found them.
  Trainer* stepping_ = nullptr;            // Within a step.
  int looks_ = 0;
};

}  // namespace stepwise
