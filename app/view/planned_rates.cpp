#include "view/planned_rates.h"

#include <algorithm>

#include "settings/schedule.h"

namespace stepwise::app {
namespace {

constexpr int kPoints = 200;  // As many as a curve needs to look like one.

}  // namespace

PlannedRates planned_rates(const Recipe& recipe) {
  const Budget& budget = recipe.budget;
  PlannedRates planned{"min", {}, {}};
  double all = budget.minutes;
  if (budget.steps > 0) {
    planned.x_name = budget.minutes > 0 ? "% of the budget" : "step";
    all = budget.minutes > 0 ? 100 : double(budget.steps);
  }
  std::vector<double> fractions{recipe.warm_up};  // The corner.
  for (int i = 0; i <= kPoints; ++i) fractions.push_back(double(i) / kPoints);
  std::ranges::sort(fractions);
  for (const double fraction : fractions) {
    planned.x.push_back(fraction * all);
    planned.rates.push_back(float(recipe.learning_rate * rate_factor(recipe, fraction)));
  }
  return planned;
}

}  // namespace stepwise::app
