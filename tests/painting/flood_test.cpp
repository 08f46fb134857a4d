#include "painting/flood.h"

#include <gtest/gtest.h>

#include <cmath>

namespace stepwise {
namespace {

Image row(std::vector<float> pixels) {
  Image image(1, int(pixels.size()), 1);
  image.pixels = std::move(pixels);
  return image;
}

TEST(Flood, GoesAsFarAsTheToleranceAndNotAcrossWhatDiffersMore) {
  const Image picture = row({0, 0.25f, 0.5f, 1, 0});
  EXPECT_EQ(flooded(picture, 0, 0, 0.25f).pixels, (std::vector<float>{1, 1, 0, 0, 0}));
  EXPECT_EQ(flooded(picture, 0, 0, 0.5f).pixels, (std::vector<float>{1, 1, 1, 0, 0}));
  EXPECT_EQ(flooded(picture, 0, 0, 1).pixels, (std::vector<float>{1, 1, 1, 1, 1}));
}

TEST(Flood, IsLikeWhereItBeganNotLikeItsNeighbours) {
  EXPECT_EQ(flooded(row({0, 0.2f, 0.4f}), 0, 0, 0.25f).pixels, (std::vector<float>{1, 1, 0}));
}

TEST(Flood, GoesToTheSidesNotAcrossCorners) {
  Image picture(2, 2, 1);
  picture.pixels = {0, 1, 1, 0};
  EXPECT_EQ(flooded(picture, 0, 0, 0.1f).pixels, (std::vector<float>{1, 0, 0, 0}));
}

TEST(Flood, EveryChannelCounts) {
  Image picture(1, 2, 3);
  picture.pixels = {0, 0, 0, 0, 0, 1};
  EXPECT_EQ(flooded(picture, 0, 0, 0.5f).pixels, (std::vector<float>{1, 0}));
}

TEST(Flood, FromOutsideReachesNothing) {
  EXPECT_EQ(flooded(Image(2, 2, 1), -1, 5, 2), Image(2, 2, 1));
}

TEST(FillingIn, APlaneGoesOnUnderAHole) {  // It is harmonic.
  Image plane(9, 11, 1), mask(9, 11, 1);
  for (int y = 0; y < 9; ++y)
    for (int x = 0; x < 11; ++x) {
      plane.at(y, x) = 0.1f * float(x) - 0.05f * float(y);
      mask.at(y, x) = x > 2 && x < 8 && y > 1 && y < 7;
    }
  Image torn = plane;
  for (std::size_t i = 0; i < torn.pixels.size(); ++i)
    if (mask.pixels[i] > 0) torn.pixels[i] = 7;
  const Image whole = filled_in(torn, mask);
  for (std::size_t i = 0; i < whole.pixels.size(); ++i)
    EXPECT_NEAR(whole.pixels[i], plane.pixels[i], 1e-3) << i;
}

TEST(FillingIn, OneColorAroundAHoleIsTheColorInIt) {
  Image picture(5, 5, 3, -1.f), mask(5, 5, 1);
  for (int c = 0; c < 3; ++c) picture.at(2, 2, c) = 1;
  mask.at(2, 2) = 0.5f;
  EXPECT_EQ(filled_in(picture, mask), Image(5, 5, 3, -1.f));
}

TEST(FillingIn, WhereAllIsCoveredNothingSaysWhatToFillInWith) {
  const Image picture(3, 3, 1, 0.5f);
  EXPECT_EQ(filled_in(picture, Image(3, 3, 1, 1.f)), picture);
}

}  // namespace
}  // namespace stepwise
