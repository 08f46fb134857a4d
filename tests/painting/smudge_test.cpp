#include "painting/smudge.h"

#include <gtest/gtest.h>

#include "error.h"
#include "painting/edit.h"

namespace stepwise {
namespace {

TEST(Smudging, LeavesOneColorAsItIsToTheBit) {
  const Image plain(12, 12, 3, 0.1f);
  EXPECT_EQ(smudged(plain, {{{1, 1}, {10.3f, 7.7f}, {2, 9}}, 5, 0.5f}, 0.7f), plain);
}

TEST(Smudging, AHardBrushOfFullStrengthCarriesAPixelAlong) {
  Image picture(9, 12, 1);
  picture.at(4, 3) = 1;
  const Image carried = smudged(picture, {{{3.5f, 4.5f}, {8.5f, 4.5f}}, 1, 0}, 1);
  EXPECT_EQ(carried.at(4, 8), 1);
  for (int x = 3; x <= 8; ++x) EXPECT_EQ(carried.at(4, x), 1) << x;  // Drawn out, not moved.
  EXPECT_EQ(carried.at(4, 9), 0);
  EXPECT_EQ(carried.at(3, 5), 0);
}

TEST(Smudging, CarriesOnTheShareThatItsStrengthSays) {
  Image picture(1, 6, 1);
  picture.at(0, 1) = 1;
  const Image carried = smudged(picture, {{{1.5f, 0.5f}, {4.5f, 0.5f}}, 1, 0}, 0.5f);
  EXPECT_EQ(carried.pixels, (std::vector<float>{0, 1, 0.5f, 0.25f, 0.125f, 0}));
}

TEST(Smudging, GoesTheSameWayInEachDirection) {
  Image picture(11, 11, 1);
  picture.at(5, 5) = 1;
  const auto drawn_out = [&](float dx, float dy) {
    return smudged(picture, {{{5.5f, 5.5f}, {5.5f + 3 * dx, 5.5f + 3 * dy}}, 1, 0}, 1);
  };
  for (const auto& [dx, dy] :
       {std::pair{1, 0}, std::pair{-1, 0}, std::pair{0, 1}, std::pair{0, -1}})
    EXPECT_EQ(drawn_out(float(dx), float(dy)).at(5 + 3 * dy, 5 + 3 * dx), 1) << dx << " " << dy;
}

TEST(Smudging, APressAloneChangesNothing) {
  Image picture(3, 3, 1);
  picture.at(1, 1) = 1;
  EXPECT_EQ(smudged(picture, {{{1.5f, 1.5f}}, 3, 0}, 1), picture);
}

TEST(Smudging, EndlessOnesAndOtherShapesAreRefused) {
  EXPECT_NO_THROW(check(Layers{{Stroke{{{0, 0}, {50, 0}}, 3, 0}, Smudge{}}}));
  EXPECT_THROW(check(Layers{{Stroke{{{0, 0}, {9e5f, 0}}, 3, 0}, Smudge{}}}), Error);
  EXPECT_THROW(check(Layers{{Everywhere{}, Smudge{}}}), Error);
}

}  // namespace
}  // namespace stepwise
