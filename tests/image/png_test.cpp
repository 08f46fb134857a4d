#include "image/png.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../picture_file.h"
#include "../temporary_folder.h"
#include "error.h"
#include "error_of.h"
#include "image/file.h"

namespace stepwise {
namespace {

using testing::HasSubstr;

// A picture without symmetries.
ByteImage pattern(int height, int width, int channels) {
  ByteImage image(height, width, channels);
  for (std::size_t i = 0; i < image.pixels.size(); ++i)
    image.pixels[i] = std::uint8_t(i * i + 3 * i);
  return image;
}

class PngRoundTrip : public testing::TestWithParam<int> {};

TEST_P(PngRoundTrip, ReturnsTheSamePixels) {
  const TemporaryFolder folder;
  const ByteImage image = pattern(5, 9, GetParam());
  write_file(folder / "a.png", png_of(image));
  EXPECT_EQ(read_picture(folder / "a.png"), image);
}

INSTANTIATE_TEST_SUITE_P(Channels, PngRoundTrip, testing::Values(1, 2, 3, 4));

TEST(Png, GreyCanBeReadAsColour) {
  const TemporaryFolder folder;
  write_file(folder / "a.png", png_of(pattern(2, 2, 1)));
  const ByteImage colour = read_picture(folder / "a.png", 3);
  ASSERT_EQ(colour.channels, 3);
  EXPECT_EQ(colour.at(1, 0, 2), pattern(2, 2, 1).at(1, 0));
}

TEST(Png, WritingReplacesTheFileAndLeavesNothingElseBehind) {
  const TemporaryFolder folder;
  write_file(folder / "a.png", png_of(pattern(3, 3, 1)));
  write_file(folder / "a.png", png_of(pattern(2, 2, 1)));
  EXPECT_EQ(read_picture(folder / "a.png"), pattern(2, 2, 1));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(Png, AnEmptyPictureAndOneOfFiveChannelsAreRefused) {
  EXPECT_THROW(png_of(ByteImage()), Error);
  EXPECT_THROW(png_of(ByteImage(1, 1, 5)), Error);
}

TEST(Png, AFolderThatIsNotThereIsNamed) {
  const TemporaryFolder folder;
  EXPECT_THAT(error_of([&] { write_file(folder / "no/a.png", png_of(pattern(1, 1, 1))); }),
              HasSubstr("no/a.png"));
}

}  // namespace
}  // namespace stepwise
