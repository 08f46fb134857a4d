#include "painting/stamp.h"

#include <gtest/gtest.h>

#include "numbered.h"
#include "painting/move.h"

namespace stepwise {
namespace {

Image on_black(const Stamp& stamp, int height, int width, int channels = 1) {
  return stamped(Image(height, width, channels), Image(height, width, 1, 1.f), stamp);
}

TEST(Stamps, PixelsOnPixelsAreThoseOfTheStamp) {
  const Image image = on_black({counted(2, 3), {{3.5f, 2}}}, 4, 6);
  EXPECT_EQ(image.pixels, (std::vector<float>{0, 0, 0, 0, 0, 0,  //
                                              0, 0, 1, 2, 3, 0,  //
                                              0, 0, 4, 5, 6, 0,  //
                                              0, 0, 0, 0, 0, 0}));
}

TEST(Stamps, WhereNothingIsCoveredNothingChanges) {
  Image coverage(4, 6, 1);
  coverage.at(1, 2) = 1;
  coverage.at(1, 3) = 0.5f;
  const Image image = stamped(Image(4, 6, 1), coverage, {counted(2, 3), {{3.5f, 2}}});
  EXPECT_EQ(image.at(1, 2), 1);
  EXPECT_EQ(image.at(1, 3), 1);  // Half of 2.
  EXPECT_EQ(image.at(1, 4), 0);
}

TEST(Stamps, HalfAPixelFurtherIsTheMeanOfTwo) {
  EXPECT_EQ(on_black({counted(1, 3), {{3, 0.5f}}}, 1, 6).at(0, 2), 1.5f);
}

TEST(Stamps, AMirroredOneIsReversed) {
  const Image image = on_black({counted(1, 3), {{1.5f, 0.5f}, 1, 0, true}}, 1, 3);
  EXPECT_EQ(image.pixels, (std::vector<float>{3, 2, 1}));
}

TEST(Stamps, AQuarterTurnPutsRowsIntoColumns) {
  const Image image = on_black({counted(2, 2), {{1, 1}, 1, kQuarter}}, 2, 2);
  const float turned[] = {3, 1, 4, 2};  // Clockwise.
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(image.pixels[i], turned[i], 1e-5) << i;
}

TEST(Stamps, HalfAsLargeIsTheMeanOfItsPixels) {
  const Image image = on_black({Image(8, 8, 1, 0.75f), {{2, 2}, 0.5f}}, 4, 4);
  EXPECT_EQ(image, Image(4, 4, 1, 0.75f));
}

TEST(Stamps, GreyAndColorGoIntoEachOther) {
  EXPECT_EQ(on_black({counted(1, 1), {{0.5f, 0.5f}}}, 1, 1, 3).pixels,
            (std::vector<float>{1, 1, 1}));
  EXPECT_EQ(on_black({counted(1, 1, 3), {{0.5f, 0.5f}}}, 1, 1).pixels, (std::vector<float>{2}));
}

TEST(Stamps, APlacementTakesBackWhatItDid) {
  const Placement at{{3, -2}, 1.7f, 0.6f, true};
  const Point v = at.offset(at.of({1.25f, -0.5f}));
  EXPECT_NEAR(v.x, 1.25f, 1e-5);
  EXPECT_NEAR(v.y, -0.5f, 1e-5);
}

TEST(Stamps, CroppedToWhatItCoversItIsTheSameThere) {
  const Stamp stamp{counted(20, 30), {{14, 11}, 1.3f, 0.4f}};
  const Stroke stroke{{{12, 9}, {15, 13}}, 3, 0.5f};
  const Stamp less = cropped(stamp, *bounds_of(stroke));
  EXPECT_LT(less.picture.pixels.size(), 200u);
  const Image coverage = coverage_of(stroke, 24, 28);
  const Image a = stamped(Image(24, 28, 1), coverage, stamp);
  const Image b = stamped(Image(24, 28, 1), coverage, less);
  for (std::size_t i = 0; i < a.pixels.size(); ++i) EXPECT_NEAR(a.pixels[i], b.pixels[i], 1e-3);
}

TEST(Stamps, WhatIsNoPictureIsRefused) {
  EXPECT_NO_THROW(check(Stamp{counted(2, 2), {}}));
  EXPECT_THROW(check(Stamp{}), Error);
  EXPECT_THROW(check(Stamp{counted(2, 2), {{0, 0}, 0}}), Error);
  EXPECT_THROW(check(Stamp{counted(1, 1, 5), {}}), Error);
  Stamp torn{counted(2, 2), {}};
  torn.picture.pixels.pop_back();
  EXPECT_THROW(check(torn), Error);
  torn.picture.height = 1 << 30;
  EXPECT_THROW(check(torn), Error);
}

}  // namespace
}  // namespace stepwise
