// The averaged weights after each of the last few steps.
#include "training/recent_averages.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include <algorithm>

namespace stepwise {
namespace {

torch::Tensor averages_after(std::int64_t step) { return torch::full({3}, double(step)); }

TEST(RecentAverages, AreThoseOfEachOfTheLastSteps) {
  RecentAverages recent(7, averages_after(7), 3);
  EXPECT_TRUE(recent.after(7).equal(averages_after(7)));
  for (std::int64_t step = 8; step < 13; ++step) {
    recent.note(step, averages_after(step));
    for (std::int64_t back = 0; back < std::min<std::int64_t>(3, step - 6); ++back)
      EXPECT_TRUE(recent.after(step - back).equal(averages_after(step - back))) << step << back;
  }
}

TEST(RecentAverages, StayAsTheyWereWhileTheAveragesChange) {
  const torch::Tensor averages = averages_after(0);
  const RecentAverages recent(0, averages, 3);
  averages.fill_(5);
  EXPECT_TRUE(recent.after(0).equal(averages_after(0)));
}

}  // namespace
}  // namespace stepwise
