#include "image/png.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../temporary_folder.h"
#include "error.h"
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

template <class Act>
std::string error_of(Act act) {
  try {
    act();
  } catch (const Error& e) {
    return e.what();
  }
  return "";
}

class PngRoundTrip : public testing::TestWithParam<int> {};

TEST_P(PngRoundTrip, ReturnsTheSamePixels) {
  const TemporaryFolder folder;
  const ByteImage image = pattern(5, 9, GetParam());
  write_png(folder / "a.png", image);
  EXPECT_EQ(read_picture(folder / "a.png"), image);
}

INSTANTIATE_TEST_SUITE_P(Channels, PngRoundTrip, testing::Values(1, 2, 3, 4));

TEST(Png, GreyCanBeReadAsColour) {
  const TemporaryFolder folder;
  write_png(folder / "a.png", pattern(2, 2, 1));
  const ByteImage colour = read_picture(folder / "a.png", 3);
  ASSERT_EQ(colour.channels, 3);
  EXPECT_EQ(colour.at(1, 0, 2), pattern(2, 2, 1).at(1, 0));
}

TEST(Png, WritingReplacesTheFileAndLeavesNothingElseBehind) {
  const TemporaryFolder folder;
  write_png(folder / "a.png", pattern(3, 3, 1));
  write_png(folder / "a.png", pattern(2, 2, 1));
  EXPECT_EQ(read_picture(folder / "a.png"), pattern(2, 2, 1));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(Png, AnEmptyPictureAndOneOfFiveChannelsAreRefused) {
  EXPECT_THROW(png_of(ByteImage()), Error);
  EXPECT_THROW(png_of(ByteImage(1, 1, 5)), Error);
}

TEST(Png, AFolderThatIsNotThereIsNamed) {
  const TemporaryFolder folder;
  EXPECT_THAT(error_of([&] { write_png(folder / "no/a.png", pattern(1, 1, 1)); }),
              HasSubstr("no/a.png"));
}

TEST(ReadPicture, NamesTheFileThatIsMissingOrNoPicture) {
  const TemporaryFolder folder;
  EXPECT_THAT(error_of([&] { read_picture(folder / "none.png"); }), HasSubstr("none.png"));
  write_file(folder / "text.png", "This is no picture.");
  EXPECT_THAT(error_of([&] { read_picture(folder / "text.png"); }),
              HasSubstr("neither a PNG nor a JPEG"));
  write_file(folder / "empty.png", "");
  EXPECT_THAT(error_of([&] { read_picture(folder / "empty.png"); }),
              HasSubstr("neither a PNG nor a JPEG"));
}

TEST(ReadPicture, APictureCutShortAnywhereIsRefused) {
  const TemporaryFolder folder;
  const std::string whole = png_of(pattern(8, 8, 3));
  const std::size_t end_chunk = 12;  // What follows the pixels; a reader may do without it.
  for (std::size_t size = 0; size < whole.size() - end_chunk; size += 7) {
    write_file(folder / "cut.png", whole.substr(0, size));
    EXPECT_THROW(read_picture(folder / "cut.png"), Error) << size << " bytes";
  }
}

TEST(ReadPicture, ASizeBeyondTheBoundIsRefusedFromTheHeaderAlone) {
  const TemporaryFolder folder;
  std::string bytes = png_of(pattern(1, 1, 1));
  bytes.replace(16, 4, std::string("\0\1\0\0", 4));  // The width in the header chunk: 65,536.
  write_file(folder / "wide.png", bytes);
  EXPECT_THAT(error_of([&] { read_picture(folder / "wide.png"); }), HasSubstr("65536 x 1"));
}

}  // namespace
}  // namespace stepwise
