#include "widgets/ticks.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace stepwise::app {
namespace {

std::vector<double> values(const std::vector<Tick>& ticks, bool labelled_only = true) {
  std::vector<double> out;
  for (const Tick& tick : ticks)
    if (tick.labelled || !labelled_only) out.push_back(tick.value);
  return out;
}
using Values = std::vector<double>;

TEST(LinearTicks, AreMultiplesOfOneTwoOrFiveTimesAPowerOfTen) {
  EXPECT_EQ(values(linear_ticks(0, 10, 5)), (Values{0, 5, 10}));
  EXPECT_EQ(values(linear_ticks(0, 10, 6)), (Values{0, 2, 4, 6, 8, 10}));
  EXPECT_EQ(values(linear_ticks(0, 1, 11)),
            (Values{0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1}));
  EXPECT_EQ(values(linear_ticks(-0.03, 0.031, 4)), (Values{-0.02, 0, 0.02}));
  EXPECT_EQ(values(linear_ticks(1234, 5678, 5)), (Values{2000, 3000, 4000, 5000}));
}

TEST(LinearTicks, NeverExceedTheNumberAskedFor) {
  for (int n = 1; n <= 12; ++n)
    for (double lo = -3; lo < 3; lo += 0.37)
      for (double width = 1e-4; width < 1e6; width *= 3.1) {
        const auto ticks = linear_ticks(lo, lo + width, n);
        EXPECT_LE(ticks.size(), std::size_t(n)) << lo << " " << width;
        for (const Tick& tick : ticks) {
          EXPECT_GE(tick.value, lo - 1e-6 * width);
          EXPECT_LE(tick.value, lo + width * (1 + 1e-6));
        }
      }
}

TEST(LogTicks, AreDecadesJoinedByTwoAndFiveWhereThereIsRoom) {
  EXPECT_EQ(values(log_ticks(0.01, 100, 5)), (Values{0.01, 0.1, 1, 10, 100}));
  EXPECT_EQ(values(log_ticks(1, 100, 8)), (Values{1, 2, 5, 10, 20, 50, 100}));
  EXPECT_EQ(values(log_ticks(1, 100, 6)), (Values{1, 10, 100}));
}

TEST(LogTicks, AreThinnedToEveryNthDecade) {
  EXPECT_EQ(values(log_ticks(1e-6, 1e6, 5)), (Values{1e-6, 1e-3, 1, 1e3, 1e6}));
}

TEST(LogTicks, DivideLessThanADecadeLikeALinearAxis) {
  EXPECT_EQ(values(log_ticks(0.21, 0.29, 5)), (Values{0.22, 0.24, 0.26, 0.28}));
}

TEST(LogTicks, HaveFaintLinesBetweenDecades) {
  const auto ticks = log_ticks(1, 10, 2);
  EXPECT_EQ(values(ticks), (Values{1, 10}));
  EXPECT_EQ(values(ticks, false), (Values{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
}

TEST(Ticks, AreNoneForRangesThatAreNotOne) {
  EXPECT_TRUE(linear_ticks(1, 1, 5).empty());
  EXPECT_TRUE(linear_ticks(0, std::numeric_limits<double>::infinity(), 5).empty());
  EXPECT_TRUE(linear_ticks(0, NAN, 5).empty());
  EXPECT_TRUE(log_ticks(0, 1, 5).empty());
  EXPECT_TRUE(log_ticks(-1, 1, 5).empty());
}

TEST(FormatNumber, KeepsThreeDigitsAndUsesSuffixes) {
  EXPECT_EQ(format_number(0), "0");
  EXPECT_EQ(format_number(0.0125), "0.0125");
  EXPECT_EQ(format_number(0.00003), "3e-5");
  EXPECT_EQ(format_number(842), "842");
  EXPECT_EQ(format_number(999.6), "1k");
  EXPECT_EQ(format_number(12500), "12.5k");
  EXPECT_EQ(format_number(3.14e6), "3.14M");
  EXPECT_EQ(format_number(-0.5), "-0.5");
  EXPECT_EQ(format_number(NAN), "not a number");
}

TEST(FormatDuration, SpeaksInTheUnitThatFits) {
  EXPECT_EQ(format_duration(0), "0.0 s");
  EXPECT_EQ(format_duration(8.44), "8.4 s");
  EXPECT_EQ(format_duration(9.97), "10 s");
  EXPECT_EQ(format_duration(45.2), "45 s");
  EXPECT_EQ(format_duration(59.7), "1 min 00 s");
  EXPECT_EQ(format_duration(125), "2 min 05 s");
  EXPECT_EQ(format_duration(4320), "1 h 12 min");
  EXPECT_EQ(format_duration(-1), "-");
}

TEST(FormatCount, GroupsByThousands) {
  EXPECT_EQ(format_count(0), "0");
  EXPECT_EQ(format_count(999), "999");
  EXPECT_EQ(format_count(1000), "1,000");
  EXPECT_EQ(format_count(1234567), "1,234,567");
  EXPECT_EQ(format_count(-1234), "-1,234");
}

}  // namespace
}  // namespace stepwise::app
