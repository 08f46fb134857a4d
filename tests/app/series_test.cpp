#include "widgets/series.h"

#include <gtest/gtest.h>

#include <numeric>

namespace stepwise::app {
namespace {

TEST(Axis, MapsItsEndsToZeroAndOne) {
  for (const Axis axis : {Axis{2, 10, false}, Axis{0.01, 100, true}}) {
    EXPECT_DOUBLE_EQ(axis.position(axis.lo), 0);
    EXPECT_DOUBLE_EQ(axis.position(axis.hi), 1);
    EXPECT_NEAR(axis.value(axis.position(5)), 5, 1e-12);
  }
  EXPECT_DOUBLE_EQ((Axis{0.01, 100, true}).position(1), 0.5);
}

TEST(Axis, ZoomsAroundThePointUnderTheMouse) {
  for (const Axis axis : {Axis{0, 8, false}, Axis{1, 256, true}}) {
    const Axis zoomed = axis.zoomed(0.25, 2);
    EXPECT_NEAR(zoomed.value(0.25), axis.value(0.25), 1e-9);
    EXPECT_NEAR(zoomed.position(axis.value(0.375)) - zoomed.position(axis.value(0.25)), 0.25, 1e-9);
  }
}

TEST(Axis, AroundNothingOrOneValueStillHasAWidth) {
  for (const bool log : {false, true}) {
    for (const double value : {0.0, 3.0, 1e-7}) {
      Extent one;
      one.add(value);
      const Axis axis = axis_around(one, log, 0.05);
      EXPECT_LT(axis.lo, axis.hi) << value << log;
      EXPECT_TRUE(!log || axis.lo > 0);
    }
    EXPECT_LT(axis_around({}, log, 0).lo, axis_around({}, log, 0).hi);
  }
}

TEST(Decimate, KeepsEveryPointWhereThereIsRoom) {
  const std::vector<double> x{0, 1, 2, 3};
  const std::vector<float> y{5, 6, 7, 8};
  const auto columns = decimate(x, y, {0, 4, false}, 4);
  ASSERT_EQ(columns.size(), 4u);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(columns[i], (Column{i, y[i], y[i]}));
}

TEST(Decimate, KeepsTheExtremesOfEveryColumn) {
  std::vector<double> x(100000);
  std::iota(x.begin(), x.end(), 0);
  std::vector<float> y(x.size(), 0.5f);
  y[54321] = 9;
  y[12345] = -9;
  const auto columns = decimate(x, y, {0, 100000, false}, 200);
  ASSERT_EQ(columns.size(), 200u);
  EXPECT_EQ(columns[54321 / 500].highest, 9);
  EXPECT_EQ(columns[12345 / 500].lowest, -9);
  EXPECT_EQ(columns[7], (Column{7, 0.5f, 0.5f}));
}

TEST(Decimate, AddsTheNeighboursOutsideSoThatLinesReachTheEdge) {
  const std::vector<double> x{0, 10, 20, 30};
  const std::vector<float> y{1, 2, 3, 4};
  const auto columns = decimate(x, y, {5, 25, false}, 20);
  ASSERT_EQ(columns.size(), 4u);
  EXPECT_EQ(columns.front(), (Column{-5, 1, 1}));
  EXPECT_EQ(columns[1].column, 5);
  EXPECT_EQ(columns.back(), (Column{25, 4, 4}));
}

TEST(Decimate, SkipsGapsAndValuesWithoutAPlaceOnALogAxis) {
  const std::vector<double> x{0, 1, 10, 100};
  const std::vector<float> y{1, NAN, 2, 3};
  const auto columns = decimate(x, y, {1, 100, true}, 2);
  ASSERT_EQ(columns.size(), 2u);
  EXPECT_EQ(columns[0].lowest, 1);  // x = 0 stands far to the left.
  EXPECT_LT(columns[0].column, -1000);
  EXPECT_EQ(columns[1], (Column{1, 2, 3}));
}

TEST(NearestPoint, IsNearestOnTheAxisAsDrawn) {
  const std::vector<double> x{1, 100};
  EXPECT_EQ(nearest_point(x, {1, 100, false}, 40), 0u);
  EXPECT_EQ(nearest_point(x, {1, 100, true}, 40), 1u);
  EXPECT_EQ(nearest_point({}, {1, 100, false}, 40), std::nullopt);
}

}  // namespace
}  // namespace stepwise::app
