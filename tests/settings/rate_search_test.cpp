#include "settings/rate_search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace stepwise {
namespace {

using testing::HasSubstr;

constexpr double kOwnRate = 0.006;

// One whose losses are that function of the rate, to its end.
RateSearch search_of(const std::function<double(double rate)>& loss) {
  RateSearch search = search_around(kOwnRate);
  while (!is_over(search)) add_loss(loss(next_rate(search)), search);
  return search;
}

// Falls from 1 at a rate of 0.0003 to 0.2 at 0.03.
double falling(double rate) {
  return 1 - 0.8 * std::clamp(std::log(rate / 3e-4) / std::log(100), 0.0, 1.0);
}

TEST(RateSearch, RatesRiseFromAThousandthOfTheRecipesToThirtyTimesItByOneRatio) {
  const RateSearch search = search_of(falling);
  ASSERT_EQ(search.points.size(), std::size_t(kRateSteps));
  EXPECT_DOUBLE_EQ(search.points.front().rate, 1e-3 * kOwnRate);
  EXPECT_DOUBLE_EQ(search.points.back().rate, 30 * kOwnRate);
  const double ratio = search.points[1].rate / search.points[0].rate;
  for (std::size_t i = 1; i < search.points.size(); ++i)
    EXPECT_NEAR(search.points[i].rate / search.points[i - 1].rate, ratio, 1e-9);
}

TEST(RateSearch, StaysWithinTheRatesThatARecipeMayHave) {
  EXPECT_EQ(search_around(1).to, 1);
  EXPECT_EQ(search_around(1e-6).from, 1e-6);
}

TEST(RateSearch, TheSmoothedLossHasNoBiasToItsBeginning) {
  RateSearch search = search_around(kOwnRate);
  add_loss(2, search);
  add_loss(1, search);
  EXPECT_DOUBLE_EQ(search.points[0].smoothed, 2);
  EXPECT_DOUBLE_EQ(search.points[1].smoothed, (0.9 * 2 + 1) / 1.9);
  for (const RatePoint& point : search_of([](double) { return 0.7; }).points)
    EXPECT_NEAR(point.smoothed, 0.7, 1e-12);
}

TEST(RateSearch, SuggestsATenthOfWhereTheLossIsLeastInTwoDigits) {
  const RateSearch search = search_of(
      [](double rate) { return rate < 0.03 ? falling(rate) : 0.2 + 2 * std::log(rate / 0.03); });
  const double least = least_of(search)->rate;
  EXPECT_NEAR(least, 0.03, 0.006);
  EXPECT_NEAR(search.suggestion, least / 10, 0.051 * least / 10);
  const double exponent = std::floor(std::log10(search.suggestion));
  const double digits = search.suggestion / std::pow(10, exponent - 1);
  EXPECT_NEAR(digits, std::round(digits), 1e-9);
}

TEST(RateSearch, ALossThatGrowsToFourTimesItsLeastEndsItAndIsNeverSuggested) {
  const RateSearch search =
      search_of([](double rate) { return rate < 0.03 ? falling(rate) : 100; });
  EXPECT_TRUE(search.diverged);
  EXPECT_LT(search.points.size(), std::size_t(kRateSteps));
  EXPECT_GT(search.points.back().rate, 0.03);
  EXPECT_GT(search.suggestion, 0);
  EXPECT_LT(search.suggestion, 0.03);
  EXPECT_THAT(words_for(search), HasSubstr("then it grew"));
}

TEST(RateSearch, OneOddBatchEndsNothing) {
  RateSearch search = search_around(kOwnRate);
  for (int i = 0; i < 30; ++i) add_loss(1, search);
  add_loss(20, search);
  EXPECT_FALSE(is_over(search));
  add_loss(20, search);
  EXPECT_TRUE(is_over(search));
}

TEST(RateSearch, ALossThatIsNoNumberIsAnEndAndNoPoint) {
  RateSearch search = search_around(kOwnRate);
  for (int i = 0; i < 30; ++i) add_loss(1 - 0.02 * i, search);
  add_loss(NAN, search);
  EXPECT_TRUE(is_over(search));
  EXPECT_TRUE(search.diverged);
  EXPECT_EQ(search.points.size(), 30u);
  EXPECT_GT(search.suggestion, 0);
}

TEST(RateSearch, WhereNothingFallsNothingIsSuggested) {
  int batch = 0;
  const RateSearch flat = search_of([&](double) { return ++batch % 2 ? 1.05 : 0.95; });
  EXPECT_EQ(flat.suggestion, 0);
  EXPECT_THAT(words_for(flat), HasSubstr("from a higher learning rate"));
  const RateSearch wild = search_of([](double rate) { return rate < 1e-3 ? 1 : 100; });
  EXPECT_TRUE(wild.diverged);
  EXPECT_EQ(wild.suggestion, 0);
  EXPECT_THAT(words_for(wild), HasSubstr("from a lower learning rate"));
  RateSearch none = search_around(kOwnRate);
  add_loss(NAN, none);
  EXPECT_EQ(none.suggestion, 0);
  EXPECT_THAT(words_for(none), HasSubstr("from the first step on"));
}

TEST(RateSearch, SaysWhatWasTriedWhatItSawAndWhatFollows) {
  RateSearch search;
  search.from = 6e-6;
  search.points.assign(10, {0.01, 1, 1});
  search.points.push_back({0.02, 0.5, 0.5});
  search.suggestion = 0.002;
  EXPECT_EQ(words_for(search),
            "Tried from 6e-06 to 0.02: the loss fell until 0.02 and did not grow. A tenth of that, "
            "0.002, is safe; more may be better.");
  search.points.push_back({0.03, 2, 0.9});
  EXPECT_EQ(words_for(search),
            "Tried from 6e-06 to 0.03: the loss fell until 0.02, then it grew. A tenth of that, "
            "0.002, leaves room.");
}

}  // namespace
}  // namespace stepwise
