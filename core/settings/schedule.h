// How the learning rate moves over a run: up during the warm-up, then down to 0 where the budget
// ends. A budget that grows takes the rate with it: it goes on as if the whole had been planned
// from the start, higher at first than where it had come to, and falls to 0 at the new end.
#pragma once

#include <cstdint>

#include "settings/recipe.h"

namespace stepwise {

// The share of the budget that is spent, 0 to 1: by time or by steps, whichever is further. A
// budget of neither never ends: 0.
double fraction_spent(const Budget& budget, double seconds, std::int64_t steps);

// The budget with `more` added to what it has of that kind, or to what is spent where it has none;
// the other kind no longer counts. So 20 steps more than a budget of 2 minutes are 20 from here.
Budget extended(const Budget& budget, const Budget& more, double seconds, std::int64_t steps);

// What a learning rate is multiplied by when `fraction` of the budget is spent: rises from nearly 0
// to 1 at fraction = warm_up, and is exactly 0 at 1.
double rate_factor(const Recipe& recipe, double fraction);

}  // namespace stepwise
