// Pictures of others: PNG, JPEG and WebP, by what is in the file.
#include "image/picture_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../picture_bytes.h"
#include "../temporary_folder.h"
#include "error.h"
#include "error_of.h"
#include "image/file.h"
#include "image/png.h"

namespace stepwise {
namespace {

using testing::HasSubstr;

ByteImage decoded(const std::string& bytes) { return decode_picture(bytes, "a").pixels; }

// The largest difference of two pictures of one size.
int distance(const ByteImage& a, const ByteImage& b) {
  EXPECT_EQ(a.pixels.size(), b.pixels.size());
  int most = 0;
  for (std::size_t i = 0; i < std::min(a.pixels.size(), b.pixels.size()); ++i)
    most = std::max(most, std::abs(int(a.pixels[i]) - int(b.pixels[i])));
  return most;
}

std::string refusal(const std::string& bytes) {
  return error_of([&] { decode_picture(bytes, "a.png"); });
}

class PngOfChannels : public testing::TestWithParam<int> {};

TEST_P(PngOfChannels, IsReadToTheBitInFourChannels) {
  const ByteImage image = odd_picture(5, 9, GetParam());
  EXPECT_EQ(decoded(png_of(image)), rgba_of(image));
}

INSTANTIATE_TEST_SUITE_P(Channels, PngOfChannels, testing::Values(1, 2, 3, 4));

TEST(PictureFile, GreyIsTheSameInThreeChannelsAndOpaque) {
  const ByteImage rgba = rgba_of(odd_picture(1, 2, 1));
  EXPECT_EQ(rgba.pixels, (std::vector<std::uint8_t>{0, 0, 0, 255, 4, 4, 4, 255}));
}

TEST(PictureFile, WebPIsReadToTheBit) {
  ByteImage image = odd_picture(7, 4, 4);
  for (int y = 0; y < 7; ++y) image.at(y, 0, 3) = 255;
  const ByteImage read = decoded(webp_of(image));
  for (int y = 0; y < 7; ++y)
    for (int c = 0; c < 4; ++c) EXPECT_EQ(read.at(y, 0, c), image.at(y, 0, c));
}

TEST(PictureFile, JpegIsReadNearlySo) {
  ByteImage smooth(16, 8, 3);
  for (int y = 0; y < 16; ++y)
    for (int x = 0; x < 8; ++x)
      for (int c = 0; c < 3; ++c) smooth.at(y, x, c) = std::uint8_t(10 * y + 8 * x + 4 * c);
  EXPECT_LE(distance(decoded(jpeg_of(smooth)), rgba_of(smooth)), 4);
}

// What a camera that was held so has stored of this picture, whose left upper corner is bright.
TEST(PictureFile, APhotographStandsAsTheCameraWasHeld) {
  ByteImage stored(8, 16, 1);
  for (int y = 0; y < 8; ++y)
    for (int x = 0; x < 8; ++x) stored.at(y, x) = 255;
  struct Seen {
    int orientation, height, width, y, x;  // Where the bright half is seen.
  };
  for (const Seen& seen :
       {Seen{1, 8, 16, 4, 0}, Seen{2, 8, 16, 4, 15}, Seen{3, 8, 16, 4, 15}, Seen{4, 8, 16, 4, 0},
        Seen{5, 16, 8, 0, 4}, Seen{6, 16, 8, 0, 4}, Seen{7, 16, 8, 15, 4}, Seen{8, 16, 8, 15, 4}}) {
    const ByteImage upright = decoded(jpeg_of(stored, seen.orientation));
    ASSERT_EQ(upright.height, seen.height) << seen.orientation;
    ASSERT_EQ(upright.width, seen.width) << seen.orientation;
    EXPECT_GT(upright.at(seen.y, seen.x), 200) << seen.orientation;
    EXPECT_LT(upright.at(seen.height - 1 - seen.y, seen.width - 1 - seen.x), 50)
        << seen.orientation;
  }
}

TEST(PictureFile, WhatItIsIsToldByItsBytesNotByItsName) {
  const TemporaryFolder folder;
  write_file(folder / "photo.png", jpeg_of(odd_picture(8, 8, 3)));
  EXPECT_EQ(open_picture(folder / "photo.png").pixels.width, 8);
  EXPECT_TRUE(is_picture(webp_of(odd_picture(1, 1, 4)).substr(0, 16)));
  EXPECT_FALSE(is_picture("GIF89a and more bytes"));
}

TEST(PictureFile, APngCutShortIsRefusedAndAJpegCutShortIsShownAsFarAsItGoes) {
  const std::string png = png_of(odd_picture(20, 20, 3)), jpeg = jpeg_of(odd_picture(64, 64, 3));
  EXPECT_THAT(refusal(png.substr(0, png.size() / 2)), HasSubstr("damaged or cut short"));
  const PictureFile read = decode_picture(jpeg.substr(0, jpeg.size() / 2), "a.jpg");
  EXPECT_THAT(read.note, HasSubstr("damaged"));
  EXPECT_EQ(read.pixels.height, 64);
}

TEST(PictureFile, OtherKindsOfFilesAreNamed) {
  EXPECT_THAT(refusal("GIF89a" + std::string(20, 'x')), HasSubstr("it is a GIF picture"));
  EXPECT_THAT(refusal(""), HasSubstr("it is empty"));
  EXPECT_THAT(refusal("some text that is no picture"), HasSubstr("no PNG, JPEG or WebP"));
}

TEST(PictureFile, ARecipeComesBackAsItWasPutIn) {
  const std::string recipe =
      "{\"name\": \"Fr\xc3\xa9"
      "chet\"}";
  const PictureFile file = decode_picture(png_of(odd_picture(3, 3, 1), recipe), "a");
  EXPECT_EQ(file.recipe, recipe);
  EXPECT_EQ(file.pixels, rgba_of(odd_picture(3, 3, 1)));
  EXPECT_EQ(decode_picture(png_of(odd_picture(3, 3, 1)), "a").recipe, "");
}

TEST(PictureFile, TheLargestRecipeIsReadAndALargerOneIsNotWritten) {
  const std::string recipe(kMaxRecipe, 'a');
  EXPECT_EQ(decode_picture(png_of(odd_picture(3, 3, 1), recipe), "a").recipe, recipe);
  EXPECT_THROW(png_of(odd_picture(3, 3, 1), recipe + "a"), Error);
}

}  // namespace
}  // namespace stepwise
