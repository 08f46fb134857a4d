// The learning rate that a recipe asks for, over its budget: what the trainer will do, by the same
// function. Any thread.
#pragma once

#include <string>
#include <vector>

#include "settings/recipe.h"

namespace stepwise::app {

struct PlannedRates {
  std::string x_name;  // "min", "step", or the share of the budget where it has both.
  std::vector<double> x;
  std::vector<float> rates;
};

PlannedRates planned_rates(const Recipe& recipe);

}  // namespace stepwise::app
