#include "widgets/brush.h"

#include <gtest/gtest.h>

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
  Stroke stroke(5, 5, 2.5f, 2.5f);
  stroke.line_to(2.5f, 2.5f, 1, 0);
  for (int y = 0; y < 5; ++y)
    for (int x = 0; x < 5; ++x)
      EXPECT_EQ(stroke.coverage.at(y, x), x == 2 && y == 2 ? 1 : 0) << x << " " << y;
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
  Stroke one(28, 28, 3, 4), many(28, 28, 3, 4);
  one.line_to(20, 4, 5, 0.6f);
  for (int i = 1; i <= 34; ++i) many.line_to(3 + 0.5f * float(i), 4, 5, 0.6f);
  for (std::size_t i = 0; i < one.coverage.pixels.size(); ++i)
    EXPECT_NEAR(one.coverage.pixels[i], many.coverage.pixels[i], 1e-5);
}

TEST(Brush, GoingOverAPlaceTwiceInOneStrokePaintsItOnce) {
  Stroke once(28, 28, 3, 4), twice(28, 28, 3, 4);
  once.line_to(20, 9, 5, 1);
  twice.line_to(20, 9, 5, 1);
  twice.line_to(3, 4, 5, 1);
  for (std::size_t i = 0; i < once.coverage.pixels.size(); ++i)
    EXPECT_NEAR(once.coverage.pixels[i], twice.coverage.pixels[i], 1e-5);
}

TEST(Brush, AStrokeOutsideThePictureChangesNothing) {
  Stroke stroke(4, 4, -50, -50);
  stroke.line_to(-50, 60, 10, 0);
  EXPECT_EQ(stroke.coverage, Image(4, 4, 1));
}

}  // namespace
}  // namespace stepwise
