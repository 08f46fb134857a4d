// A picture of any size as a model takes it.
#include "image/fit.h"

#include <gtest/gtest.h>

#include "../picture_bytes.h"
#include "error.h"
#include "image/picture_file.h"

namespace stepwise {
namespace {

ByteImage grey(int height, int width, std::vector<std::uint8_t> pixels) {
  ByteImage image(height, width, 1);
  image.pixels = std::move(pixels);
  return rgba_of(image);
}

TEST(Fit, APictureOfTheModelsSizeIsLeftToTheBit) {
  const ByteImage color = odd_picture(6, 6, 3), plain = odd_picture(6, 6, 1);
  EXPECT_EQ(fitted(rgba_of(color), 6, 6, 3, {}), to_floats(color));
  EXPECT_EQ(fitted(rgba_of(plain), 6, 6, 1, {}), to_floats(plain));
}

TEST(Fit, APictureEnlargedByWholeSquaresComesBackToTheBit) {
  const ByteImage small = odd_picture(4, 4, 1);
  ByteImage large(12, 12, 1);
  for (int y = 0; y < 12; ++y)
    for (int x = 0; x < 12; ++x) large.at(y, x) = small.at(y / 3, x / 3);
  EXPECT_EQ(to_bytes(fitted(rgba_of(large), 4, 4, 1, {})), small);
}

TEST(Fit, ShrinkingTakesTheMean) {
  const Image half = fitted(grey(2, 2, {0, 100, 200, 255}), 1, 1, 1, {});
  EXPECT_FLOAT_EQ(half.at(0, 0), 2 * (555 / 4.f) / 255 - 1);
}

TEST(Fit, SharesOfPixelsCount) {  // 3 to 2: each takes one and a half.
  const Image two = fitted(grey(3, 3, {0, 90, 180, 0, 90, 180, 0, 90, 180}), 2, 2, 1, {});
  EXPECT_NEAR(two.at(0, 0), 2 * 30 / 255. - 1, 1e-6);
  EXPECT_NEAR(two.at(1, 1), 2 * 150 / 255. - 1, 1e-6);
}

TEST(Fit, GrowingKeepsWhatIsEvenAndStaysInRange) {
  const Image even = fitted(grey(2, 2, {77, 77, 77, 77}), 9, 9, 1, {});
  for (const float v : even.pixels) EXPECT_NEAR(v, 2 * 77 / 255. - 1, 1e-5);
  const Image edge = fitted(
      grey(4, 4, {0, 0, 255, 255, 0, 0, 255, 255, 0, 0, 255, 255, 0, 0, 255, 255}), 16, 16, 1, {});
  for (int x = 1; x < 16; ++x) EXPECT_LE(std::abs(edge.at(8, x)), 1);
  EXPECT_LT(edge.at(8, 6), edge.at(8, 9));
}

TEST(Fit, TheLargestPieceOfTheModelsProportionsIsCutOutWhereOneWants) {
  EXPECT_EQ(crop_of(10, 30, 28, 28, {}), (PictureCrop{0, 10, 10, 10}));
  EXPECT_EQ(crop_of(10, 30, 28, 28, {.x = 0}), (PictureCrop{0, 0, 10, 10}));
  EXPECT_EQ(crop_of(10, 30, 28, 28, {.x = 1}), (PictureCrop{0, 20, 10, 10}));
  EXPECT_EQ(crop_of(30, 10, 28, 28, {.y = 1}), (PictureCrop{20, 0, 10, 10}));
  EXPECT_EQ(crop_of(1, 1000, 28, 28, {}), (PictureCrop{0, 500, 1, 1}));
}

TEST(Fit, WhatIsTransparentShowsTheBackground) {
  ByteImage clear(1, 2, 4, 200);
  clear.at(0, 0, 3) = 0;
  clear.at(0, 1, 3) = 51;  // A fifth.
  const Image on_black = fitted(clear, 1, 2, 1, {}),
              on_white = fitted(clear, 1, 2, 1, {.background = 255});
  EXPECT_EQ(on_black.at(0, 0), -1);
  EXPECT_EQ(on_white.at(0, 0), 1);
  EXPECT_NEAR(on_black.at(0, 1), 2 * 40 / 255. - 1, 1e-6);
  EXPECT_NEAR(on_white.at(0, 1), 2 * (40 + 204) / 255. - 1, 1e-6);
}

TEST(Fit, ColorsBecomeTheirLumaAndGreyFillsAllChannels) {
  ByteImage green(1, 1, 4, 0);
  green.at(0, 0, 1) = green.at(0, 0, 3) = 255;
  EXPECT_NEAR(fitted(green, 1, 1, 1, {}).at(0, 0), 2 * 0.587 - 1, 1e-6);
  const Image color = fitted(grey(1, 1, {51}), 1, 1, 3, {});
  EXPECT_EQ(color.pixels, std::vector<float>(3, to_float(51)));
}

TEST(Fit, InvertedExchangesDarkAndBright) {
  const Image image = fitted(grey(1, 2, {0, 51}), 1, 2, 1, {.inverted = true});
  EXPECT_EQ(image.at(0, 0), 1);
  EXPECT_FLOAT_EQ(image.at(0, 1), -to_float(51));
}

TEST(Fit, ModelsOfOtherChannelsTakeNoPictures) {
  EXPECT_THROW(fitted(grey(1, 1, {0}), 1, 1, 4, {}), Error);
}

}  // namespace
}  // namespace stepwise
