// A search for a learning rate (settings/rate_search.h): trains a new network, each step by a rate
// a little higher than the last. Nothing is written. Worker thread only.
#pragma once

#include <functional>

#include "settings/rate_search.h"
#include "training/trainer.h"

namespace stepwise {

class RateFinder {
 public:
  // Around the rate of the recipe, of which the rest is kept, but for its budget and its schedule,
  // and uncertainty, for which edm stands. The data must stay. Throws Error if the recipe does not
  // fit the data.
  RateFinder(const Recipe& recipe, const Dataset& data, torch::Device device);

  // Begins a step, or goes on with it. `asked`: as of Trainer::advance().
  void advance(const std::function<bool()>& asked);

  const RateSearch& search() const { return search_; }
  bool finished() const { return is_over(search_); }
  double fraction() const;  // Of the steps, 0 to 1; 1 also where the loss grew before.

 private:
  Trainer trainer_;
  RateSearch search_;
};

}  // namespace stepwise
