#include "image/sheet.h"

#include <gtest/gtest.h>

#include "error.h"

namespace stepwise {
namespace {

// Pictures of one pixel, as dark as their number: 0 is -1, 255 is 1.
ImageBatch dots(const std::vector<int>& greys) {
  ImageBatch batch{int(greys.size()), 1, 1, 1, {}};
  for (int grey : greys) batch.pixels.push_back(2 * float(grey) / 255 - 1);
  return batch;
}

std::vector<std::uint8_t> row(const ByteImage& sheet, int y) {
  const auto begin = sheet.pixels.begin() + y * sheet.width * sheet.channels;
  return {begin, begin + sheet.width * sheet.channels};
}

using Bytes = std::vector<std::uint8_t>;

TEST(ContactSheet, HasEachPixelAsASquareAndAGapAroundEachPicture) {
  const ByteImage sheet = contact_sheet(dots({10, 20, 30}), 2, {2, 1, 7});
  ASSERT_EQ(sheet.height, 7);
  ASSERT_EQ(sheet.width, 7);
  EXPECT_EQ(row(sheet, 0), (Bytes{7, 7, 7, 7, 7, 7, 7}));
  EXPECT_EQ(row(sheet, 1), (Bytes{7, 10, 10, 7, 20, 20, 7}));
  EXPECT_EQ(row(sheet, 2), (Bytes{7, 10, 10, 7, 20, 20, 7}));
  EXPECT_EQ(row(sheet, 3), (Bytes{7, 7, 7, 7, 7, 7, 7}));
  EXPECT_EQ(row(sheet, 4), (Bytes{7, 30, 30, 7, 7, 7, 7}));  // The last place stays empty.
  EXPECT_EQ(row(sheet, 6), (Bytes{7, 7, 7, 7, 7, 7, 7}));
}

TEST(ContactSheet, WithoutGapAndScaleOfOneIsThePictureItself) {
  const ImageBatch batch{1, 2, 2, 1, {-1, 1, 1, -1}};
  EXPECT_EQ(contact_sheet(batch, 5, {1, 0, 7}), to_bytes(batch.image(0)));
}

TEST(ContactSheet, KeepsTheColoursOfEachPixelTogether) {
  const ImageBatch batch{2, 1, 1, 3, {-1, 1, -1, 1, -1, -1}};
  EXPECT_EQ(row(contact_sheet(batch, 2, {1, 0, 7}), 0), (Bytes{0, 255, 0, 255, 0, 0}));
}

TEST(ContactSheet, IsNoWiderThanThePicturesThereAre) {
  EXPECT_EQ(contact_sheet(dots({1, 2}), 100, {1, 0, 0}).width, 2);
}

TEST(ContactSheet, TooLargeASheetIsRefusedBeforeItIsMade) {
  const ImageBatch batch{2, 16384, 16384, 1, {}};
  EXPECT_THROW(contact_sheet(batch, 2, {64, 0, 0}), Error);
  EXPECT_THROW(contact_sheet(dots({1}), 0), Error);
  EXPECT_THROW(contact_sheet({}, 1), Error);
  EXPECT_THROW(contact_sheet(dots({1}), 1, {0, 0, 0}), Error);
  EXPECT_THROW(contact_sheet(dots({1}), 1, {1, -1, 0}), Error);
}

TEST(FilmStrip, ShowsEachPictureThroughTimeFromLeftToRight) {
  const ByteImage strip = film_strip({dots({1, 2}), dots({3, 4}), dots({5, 6})}, {1, 1, 9});
  ASSERT_EQ(strip.height, 5);
  ASSERT_EQ(strip.width, 7);
  EXPECT_EQ(row(strip, 1), (Bytes{9, 1, 9, 3, 9, 5, 9}));
  EXPECT_EQ(row(strip, 3), (Bytes{9, 2, 9, 4, 9, 6, 9}));
}

TEST(FilmStrip, FramesOfDifferentSizeAreRefused) {
  EXPECT_THROW(film_strip({dots({1, 2}), dots({3})}), Error);
  EXPECT_THROW(film_strip({}), Error);
}

}  // namespace
}  // namespace stepwise
