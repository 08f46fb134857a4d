#include "view/planned_rates.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "settings/schedule.h"

namespace stepwise::app {
namespace {

TEST(PlannedRates, AreThoseOfTheTrainerOverTheBudget) {
  Recipe recipe;
  recipe.budget = {0, 1000};
  recipe.learning_rate = 0.5;
  recipe.warm_up = 0.123;
  recipe.decay = Decay::kCosine;
  const PlannedRates planned = planned_rates(recipe);
  EXPECT_EQ(planned.x_name, "step");
  ASSERT_EQ(planned.x.size(), planned.rates.size());
  EXPECT_TRUE(std::ranges::is_sorted(planned.x));
  EXPECT_EQ(planned.x.front(), 0);
  EXPECT_EQ(planned.x.back(), 1000);
  for (std::size_t i = 0; i < planned.x.size(); ++i)
    EXPECT_FLOAT_EQ(planned.rates[i],
                    float(0.5 * rate_factor(recipe, fraction_spent(recipe.budget, 0,
                                                                   std::int64_t(planned.x[i])))))
        << planned.x[i];
}

TEST(PlannedRates, ReachTheirPeakWhereTheWarmUpEnds) {
  Recipe recipe;
  recipe.warm_up = 0.123;
  const PlannedRates planned = planned_rates(recipe);
  const auto peak = std::ranges::max_element(planned.rates) - planned.rates.begin();
  EXPECT_FLOAT_EQ(planned.rates[std::size_t(peak)], float(recipe.learning_rate));
  EXPECT_DOUBLE_EQ(planned.x[std::size_t(peak)], 0.123 * recipe.budget.minutes);
}

TEST(PlannedRates, AreOverMinutesOrTheShareOfABudgetOfBoth) {
  Recipe recipe;
  recipe.budget = {3, 0};
  EXPECT_EQ(planned_rates(recipe).x_name, "min");
  EXPECT_EQ(planned_rates(recipe).x.back(), 3);
  recipe.budget = {3, 1000};
  EXPECT_EQ(planned_rates(recipe).x_name, "% of the budget");
  EXPECT_EQ(planned_rates(recipe).x.back(), 100);
}

}  // namespace
}  // namespace stepwise::app
