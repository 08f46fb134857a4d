#include "painting/move.h"

#include <gtest/gtest.h>

#include "numbered.h"

namespace stepwise {
namespace {

Image seen(const Image& picture, const Layers& layers) {
  return painted(picture, layers, Surface::kGuess);
}

TEST(Lifting, ChangesNothingUntilItIsMoved) {
  const Image picture = counted(8, 8);
  EXPECT_EQ(seen(picture, {lifted(picture, box(2, 2, 5, 6))}), picture);
}

TEST(Lifting, WhatIsMovedComesAsItWas) {
  const Image picture = counted(8, 10);
  const Layer layer = moved(lifted(picture, box(2, 2, 5, 6)), {{3.5f, 4}, {4, 1}});
  const Image after = seen(picture, {layer});
  for (int y = 0; y < 8; ++y)
    for (int x = 0; x < 10; ++x) {
      const bool there = x >= 6 && x < 9 && y >= 3 && y < 7;
      EXPECT_EQ(after.at(y, x), there ? picture.at(y - 1, x - 4) : picture.at(y, x));
    }
}

TEST(Lifting, WhatIsLeftBehindIsFilledFromAroundIt) {
  Image picture(8, 8, 1, -1.f);
  picture.at(4, 4) = 1;
  EXPECT_EQ(seen(picture, {filled_behind(picture, box(3, 3, 6, 6))}), Image(8, 8, 1, -1.f));
}

TEST(Moving, ThereAndBackIsWhereItWas) {
  const Image picture = counted(12, 12);
  const Layer layer = lifted(picture, box(3, 3, 8, 7));
  Layer there = moved(layer, {{5, 5}, {2, -1}, 2, 0.5f, true});
  const Layer back = moved(moved(moved(moved(there, {{7, 4}, {0, 0}, 1, 0, true}),  //
                                       {{7, 4}, {0, 0}, 0.5f}),
                                 {{7, 4}, {0, 0}, 1, 0.5f}),
                           {{7, 4}, {-2, 1}});
  const auto& stamp = std::get<Stamp>(back.what);
  EXPECT_NEAR(stamp.at.scale, 1, 1e-5);
  EXPECT_NEAR(stamp.at.turn, 0, 1e-5);
  EXPECT_FALSE(stamp.at.flipped);
  for (std::size_t i = 0; i < 4; ++i) {
    const Point a = std::get<Polygon>(layer.shape).corners[i];
    const Point b = std::get<Polygon>(back.shape).corners[i];
    EXPECT_NEAR(a.x, b.x, 1e-4);
    EXPECT_NEAR(a.y, b.y, 1e-4);
  }
}

TEST(Moving, AStampTurnsWithItsOutline) {
  Image picture(9, 9, 1);
  picture.at(4, 6) = 1;  // At the right of the middle.
  const Layer layer = lifted(picture, box(2, 2, 7, 7));
  const Image after = seen(Image(9, 9, 1), {moved(layer, {{4.5f, 4.5f}, {0, 0}, 1, kQuarter})});
  EXPECT_NEAR(after.at(6, 4), 1, 1e-5);  // Below it.
  EXPECT_NEAR(after.at(4, 6), 0, 1e-5);
}

TEST(Moving, AStrokeGrowsWithItsBrush) {
  const Layer layer{Stroke{{{2, 2}, {4, 2}}, 3, 0.5f}, Lock{}};
  const Layer twice = moved(layer, {{2, 2}, {1, 0}, 2});
  EXPECT_EQ(std::get<Stroke>(twice.shape), (Stroke{{{3, 2}, {7, 2}}, 6, 0.5f}));
}

TEST(Moving, WhatHasNoPlaceOfItsOwnCannotBeMoved) {
  EXPECT_TRUE(can_move({Stroke{{{1, 1}}, 2, 0}, Paint{}}));
  EXPECT_TRUE(can_move({Everywhere{}, Stamp{counted(2, 2), {}}}));
  EXPECT_FALSE(can_move({Everywhere{}, Paint{}}));
  EXPECT_FALSE(can_move({Mask{Image(2, 2, 1)}, Lock{}}));
  EXPECT_FALSE(can_move({Stroke{{{1, 1}}, 2, 0}, Smudge{}}));
}

}  // namespace
}  // namespace stepwise
