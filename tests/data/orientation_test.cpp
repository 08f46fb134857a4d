#include "data/orientation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../temporary_folder.h"
#include "data/dataset.h"
#include "data/shape.h"
#include "error.h"
#include "idx_files.h"

namespace stepwise {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using Bytes = std::vector<std::uint8_t>;

TEST(Transpose, ExchangesRowsAndColumnsOfEachPixel) {
  Pictures p{{2, 2, 3, 1, Bytes{0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15}}, {}};
  transpose(p);
  EXPECT_EQ(p.height, 3);
  EXPECT_EQ(p.width, 2);
  EXPECT_EQ(p.pixels, (Bytes{0, 3, 1, 4, 2, 5, 10, 13, 11, 14, 12, 15}));
  Pictures colours{{1, 1, 2, 3, Bytes{1, 2, 3, 4, 5, 6}}, {}};
  transpose(colours);
  EXPECT_EQ(colours.pixels, (Bytes{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(colours.height, 2);
}

TEST(Reshape, KeepsTheNumbersAndRefusesAnotherCount) {
  Pictures p{{1, 1, 6, 1, Bytes{0, 1, 2, 3, 4, 5}}, {}};
  reshape(p, 2, 3);
  EXPECT_EQ(p.height, 2);
  EXPECT_EQ(p.width, 3);
  EXPECT_THROW(reshape(p, 2, 2), Error);
}

// Letters L, as tall as they are in print.
std::string tall_letters(std::uint32_t count) {
  constexpr int kSide = 12;
  std::string bytes = idx_header(0x803, {count, kSide, kSide});
  for (std::uint32_t i = 0; i < count; ++i)
    for (int y = 0; y < kSide; ++y)
      for (int x = 0; x < kSide; ++x)
        bytes += char(y > 1 && y < 11 && x > 2 && (x < 5 || (y > 8 && x < 9)) ? 255 : 0);
  return bytes;
}

TEST(Orientation, OfLettersOnTheirSideIsHintedAtAndOnlyOfThose) {
  const TemporaryFolder folder;
  const SmallData files(folder / "letters");
  files.write("train-images-idx3-ubyte", tall_letters(3));
  files.write("t10k-images-idx3-ubyte", tall_letters(2));
  DataSource source{files.path.string()};
  EXPECT_THAT(open_dataset(source).notes, IsEmpty());
  source.transpose = true;
  const Dataset lying = open_dataset(source);
  EXPECT_EQ(lying.source.transpose, true);
  EXPECT_THAT(lying.notes, Contains(HasSubstr("leave out --transpose")));
}

TEST(Orientation, OfEmnistIsHintedAtByItsNameUntilItIsTurned) {
  const TemporaryFolder folder;
  const SmallData files(folder / "letters", "emnist-letters-");
  DataSource source{files.path.string()};
  EXPECT_THAT(open_dataset(source).notes, Contains(HasSubstr("Add --transpose")));
  source.transpose = true;
  EXPECT_THAT(open_dataset(source).notes, IsEmpty());
}

TEST(Orientation, OfClothesIsUprightAsAWhole) {
  Pictures clothes = open_dataset("fashion-mnist").train;
  EXPECT_NEAR(upright_ratio(clothes), 1.4, 0.05);
  EXPECT_FALSE(lies_on_its_side(clothes, 10));
  transpose(clothes);
  EXPECT_NEAR(upright_ratio(clothes), 1 / 1.4, 0.05);
}

TEST(Shrunk, EachPixelIsTheMeanOfASquareOfEachColorByItself) {
  Pictures p{{2, 2, 4, 3, {}}, {0, 1}};
  std::vector<std::uint8_t> pixels(48);
  for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = std::uint8_t(3 * i);
  p.pixels = pixels;
  shrink(p, 2);
  EXPECT_EQ(p.height, 1);
  EXPECT_EQ(p.width, 2);
  // The pixels of a square are 3 and 12 bytes apart, and rise by three a byte.
  const std::vector<std::uint8_t> expected{23, 26, 29, 41, 44, 47, 95, 98, 101, 113, 116, 119};
  EXPECT_EQ(p.pixels.copy(), expected);
  EXPECT_EQ(p.labels.size(), 2u);
  EXPECT_THROW(shrink(p, 2), Error);
}

}  // namespace
}  // namespace stepwise
