// How the learning rate moves over a run: up during the warm-up, then down to 0 where the budget
// ends.
#pragma once

#include <cstdint>

#include "training/recipe.h"

namespace stepwise {

// The share of the budget that is spent, 0 to 1: by time or by steps, whichever is further. A
// budget of neither never ends: 0.
double fraction_spent(const Budget& budget, double seconds, std::int64_t steps);

// What a learning rate is multiplied by when `fraction` of the budget is spent: rises from nearly 0
// to 1 at fraction = warm_up, and is exactly 0 at 1.
double rate_factor(const Recipe& recipe, double fraction);

}  // namespace stepwise
