#include "painting/stroke.h"

#include <gtest/gtest.h>

#include <limits>

namespace stepwise {
namespace {

TEST(Brush, AHardBrushCoversFullyInsideAndFadesOverOnePixel) {
  EXPECT_EQ(brush_coverage(0, 6, 0), 1);
  EXPECT_EQ(brush_coverage(2.5f, 6, 0), 1);
  EXPECT_EQ(brush_coverage(3, 6, 0), 0.5f);
  EXPECT_EQ(brush_coverage(3.5f, 6, 0), 0);
}

TEST(Brush, SoftnessIsTheShareOfTheRadiusThatFades) {
  // Radius 4, half of it soft: from 4.5 inwards over 2 pixels.
  EXPECT_EQ(brush_coverage(2.5f, 8, 0.5f), 1);
  EXPECT_EQ(brush_coverage(3.5f, 8, 0.5f), 0.5f);
  EXPECT_EQ(brush_coverage(4.5f, 8, 0.5f), 0);
}

TEST(Brush, TheSmallestBrushAtTheMiddleOfAPixelPaintsThatPixelAlone) {
  const Image coverage = coverage_of({{{2.5f, 2.5f}}, 1, 0}, 5, 5);
  for (int y = 0; y < 5; ++y)
    for (int x = 0; x < 5; ++x)
      EXPECT_EQ(coverage.at(y, x), x == 2 && y == 2 ? 1 : 0) << x << " " << y;
}

TEST(Brush, PaintGoesTowardsTheValueByTheCoverage) {
  const Image base(1, 3, 1, -0.5f);
  Image coverage(1, 3, 1);
  coverage.pixels = {0, 0.5f, 1};
  EXPECT_EQ(painted(base, coverage, 1.f).pixels, (std::vector<float>{-0.5f, 0.25f, 1}));
}

TEST(Brush, TheEraserGoesTowardsAnotherPictureInAllChannels) {
  Image base(1, 1, 3), target(1, 1, 3);
  base.pixels = {0, 0, 0};
  target.pixels = {1, -1, 0.5f};
  EXPECT_EQ(painted(base, Image(1, 1, 1, 0.5f), target).pixels,
            (std::vector<float>{0.5f, -0.5f, 0.25f}));
}

TEST(Brush, AStrokeIsTheSameInManySmallMovesAsInOne) {
  const Stroke one{{{3, 4}, {20, 4}}, 5, 0.6f};
  Stroke many{{{3, 4}}, 5, 0.6f};
  for (int i = 1; i <= 34; ++i) many.path.push_back({3 + 0.5f * float(i), 4});
  const Image a = coverage_of(one, 28, 28), b = coverage_of(many, 28, 28);
  for (std::size_t i = 0; i < a.pixels.size(); ++i) EXPECT_NEAR(a.pixels[i], b.pixels[i], 1e-5);
}

TEST(Brush, GoingOverAPlaceTwiceInOneStrokePaintsItOnce) {
  const Stroke once{{{3, 4}, {20, 9}}, 5, 1}, twice{{{3, 4}, {20, 9}, {3, 4}}, 5, 1};
  const Image a = coverage_of(once, 28, 28), b = coverage_of(twice, 28, 28);
  for (std::size_t i = 0; i < a.pixels.size(); ++i) EXPECT_NEAR(a.pixels[i], b.pixels[i], 1e-5);
}

TEST(Brush, AStrokeOutsideThePictureChangesNothing) {
  EXPECT_EQ(coverage_of({{{-50, -50}, {-50, 60}}, 10, 0}, 4, 4), Image(4, 4, 1));
}

TEST(Brush, StrokesBeyondTheirRangesAreRefused) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_NO_THROW(check(Stroke{{{1, 2}}, 3, 0.5f}));
  EXPECT_THROW(check(Stroke{{{1, nan}}, 3, 0.5f}), Error);
  EXPECT_THROW(check(Stroke{{{2e6f, 2}}, 3, 0.5f}), Error);
  EXPECT_THROW(check(Stroke{{{1, 2}}, -1, 0.5f}), Error);
  EXPECT_THROW(check(Stroke{{{1, 2}}, nan, 0.5f}), Error);
  EXPECT_THROW(check(Stroke{{{1, 2}}, 3, 1.5f}), Error);
}

}  // namespace
}  // namespace stepwise
