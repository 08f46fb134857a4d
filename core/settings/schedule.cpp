#include "settings/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace stepwise {

double fraction_spent(const Budget& budget, double seconds, std::int64_t steps) {
  const double by_time = budget.minutes > 0 ? seconds / (60 * budget.minutes) : 0;
  const double by_steps = budget.steps > 0 ? double(steps) / double(budget.steps) : 0;
  return std::clamp(std::max(by_time, by_steps), 0.0, 1.0);
}

Budget extended(const Budget& budget, const Budget& more, double seconds, std::int64_t steps) {
  Budget total;
  if (more.minutes > 0)
    total.minutes = more.minutes + (budget.minutes > 0 ? budget.minutes : seconds / 60);
  if (more.steps > 0) total.steps = more.steps + (budget.steps > 0 ? budget.steps : steps);
  Range<double>{0, kMinutes.max}.check("The budget in minutes", total.minutes);
  Range<std::int64_t>{0, kTrainingSteps.max}.check("The budget in steps", total.steps);
  return total;
}

double rate_factor(const Recipe& recipe, double fraction) {
  if (fraction >= 1) return 0;
  // A run's first step, at fraction 0, should already learn a little.
  if (fraction < recipe.warm_up) return std::max(fraction / recipe.warm_up, 0.01);
  const double rest = (fraction - recipe.warm_up) / (1 - recipe.warm_up);
  return recipe.decay == Decay::kLinear ? 1 - rest : (1 + std::cos(std::numbers::pi * rest)) / 2;
}

}  // namespace stepwise
