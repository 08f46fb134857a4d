#include "painting/shape.h"

#include <gtest/gtest.h>

#include <limits>
#include <numeric>

#include "numbered.h"

namespace stepwise {
namespace {

float area(const Image& coverage) {
  return std::accumulate(coverage.pixels.begin(), coverage.pixels.end(), 0.f);
}

TEST(Shapes, ARectangleCoversItsArea) {
  EXPECT_EQ(area(coverage_of(box(2, 3, 7, 5), 8, 8)), 10);
  EXPECT_EQ(area(coverage_of(box(2.5f, 3, 7, 5.25f), 8, 8)), 4.5f * 2.25f);
  EXPECT_EQ(coverage_of(box(2.5f, 3, 7, 5.25f), 8, 8).at(5, 2), 0.125f);  // A corner's pixel.
}

TEST(Shapes, APolygonIsTheSameWhicheverWayItIsDrawn) {
  EXPECT_EQ(coverage_of(box(7, 5, 2, 3), 8, 8), coverage_of(box(2, 3, 7, 5), 8, 8));
}

TEST(Shapes, ATriangleCoversHalfItsRectangle) {
  const Image coverage = coverage_of(Polygon{{{0, 0}, {8, 0}, {0, 8}}}, 8, 8);
  EXPECT_NEAR(area(coverage), 32, 8 / 4.f / 2);  // To a quarter of a pixel along the slope.
  EXPECT_EQ(coverage.at(0, 0), 1);
  EXPECT_EQ(coverage.at(7, 7), 0);
}

TEST(Shapes, WhatALineGoesAroundTwiceIsOutside) {
  Polygon twice = box(0, 0, 8, 8);
  for (const Point p : box(2, 2, 4, 4).corners) twice.corners.push_back(p);
  twice.corners.push_back({2, 2});
  twice.corners.push_back({0, 8});
  EXPECT_EQ(coverage_of(twice, 8, 8).at(3, 3), 0);
  EXPECT_EQ(coverage_of(twice, 8, 8).at(6, 6), 1);
}

TEST(Shapes, FewerThanThreeCornersCoverNothing) {
  EXPECT_EQ(area(coverage_of(Polygon{}, 4, 4)), 0);
  EXPECT_EQ(area(coverage_of(Polygon{{{1, 1}, {3, 3}}}, 4, 4)), 0);
}

TEST(Shapes, AGradientFallsLinearlyBetweenItsEnds) {
  const Image coverage = coverage_of(Gradient{{1.5f, 0}, {5.5f, 0}}, 2, 8);
  const std::vector<float> row{1, 1, 0.75f, 0.5f, 0.25f, 0, 0, 0};
  for (int y = 0; y < 2; ++y)
    for (int x = 0; x < 8; ++x) EXPECT_EQ(coverage.at(y, x), row[std::size_t(x)]) << x;
}

TEST(Shapes, AGradientOfNoLengthCoversAll) {
  EXPECT_EQ(coverage_of(Gradient{{3, 3}, {3, 3}}, 4, 4), Image(4, 4, 1, 1.f));
}

TEST(Shapes, AMaskCoversWhatItSaysAndFitsNoOtherPicture) {
  Mask mask{Image(2, 3, 1)};
  mask.coverage.at(1, 2) = 0.5f;
  EXPECT_EQ(coverage_of(mask, 2, 3), mask.coverage);
  EXPECT_THROW(coverage_of(mask, 3, 2), Error);
}

TEST(Shapes, NumbersBeyondTheirRangesAreRefused) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_NO_THROW(check(Shape{box(0, 0, 1, 1)}));
  EXPECT_THROW(check(Shape{box(0, 0, nan, 1)}), Error);
  EXPECT_THROW(check(Shape{Gradient{{0, 0}, {2e6f, 0}}}), Error);
  EXPECT_THROW(check(Shape{Polygon{std::vector<Point>(5000)}}), Error);
  EXPECT_THROW(check(Shape{Mask{Image(2, 2, 3)}}), Error);
  EXPECT_THROW(check(Shape{Mask{Image(2, 2, 1, 1.5f)}}), Error);
  Mask torn{Image(2, 2, 1)};
  torn.coverage.pixels.pop_back();
  EXPECT_THROW(check(Shape{torn}), Error);
}

}  // namespace
}  // namespace stepwise
