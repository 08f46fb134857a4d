// These tests need fonts of at least two families, as ./run installs them.
#include "data/glyphs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "data/dataset.h"
#include "data/fonts.h"
#include "data/identity.h"
#include "error.h"
#include "settings/record.h"

namespace stepwise {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Glyphs, AreOneOfEachLetterAndFont) {
  const Dataset data = open_dataset("glyphs");
  EXPECT_EQ(data.name, "glyphs");
  ASSERT_EQ(data.class_names.size(), 26u);
  EXPECT_EQ(data.class_names[25], "Z");
  EXPECT_EQ(data.train.height, 28);
  EXPECT_EQ(data.test.width, 28);
  EXPECT_EQ(data.train.channels, 1);
  for (const Pictures* part : {&data.train, &data.test}) {
    EXPECT_EQ(part->count % 26, 0);
    for (int i = 0; i < part->count; ++i) EXPECT_EQ(part->labels[std::size_t(i)], i % 26);
  }
}

TEST(Glyphs, AreBrightLettersThatTouchNoEdge) {
  const Dataset data = open_dataset("glyphs");
  for (int i = 0; i < data.train.count; ++i) {
    const ByteImage letter = data.train.image(i);
    EXPECT_GT(*std::ranges::max_element(letter.pixels), 40) << i;  // Thin ones are faint.
    for (int k = 0; k < 28; ++k)
      ASSERT_EQ(letter.at(0, k) + letter.at(27, k) + letter.at(k, 0) + letter.at(k, 27), 0) << i;
  }
}

TEST(Glyphs, OfTheTestSetAreOfFamiliesThatNoneIsTrainedOn) {
  // No letter of the one is in the other: a font of a family has a picture of its own.
  const Dataset data = open_dataset("glyphs");
  const auto pictures = [](const Pictures& part) {
    std::set<std::vector<std::uint8_t>> all;
    for (int i = 0; i < part.count; i += 26) {  // The letters of a font, as one.
      const auto font =
          part.pixels.part(std::size_t(i) * part.picture_size(), 26 * part.picture_size());
      all.insert(font.copy());
    }
    return all;
  };
  const auto train = pictures(data.train), test = pictures(data.test);
  EXPECT_EQ(train.size(), std::size_t(data.train.count / 26));
  EXPECT_EQ(test.size(), std::size_t(data.test.count / 26));
  for (const auto& font : test) EXPECT_FALSE(train.contains(font));

  GlyphPainter painter;  // All fonts of a family are on one side.
  std::set<std::string> trained, tested;
  for (const Font& font : fonts_with("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    if (const auto drawn = painter.draw(font, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 28)) {
      std::vector<std::uint8_t> letters;
      for (const auto& letter : *drawn) letters.insert(letters.end(), letter.begin(), letter.end());
      if (train.contains(letters)) trained.insert(font.family);
      if (test.contains(letters)) tested.insert(font.family);
    }
  EXPECT_FALSE(tested.empty());
  for (const std::string& family : tested) EXPECT_FALSE(trained.contains(family)) << family;
}

TEST(Glyphs, AreTheSameEachTimeAndKnownByTheirName) {
  for (const char* name : {"glyphs", "glyphs-color"}) {
    const Dataset data = open_dataset(name);
    EXPECT_EQ(identity_of(data), identity_of(open_dataset(name)));
    EXPECT_EQ(record_of(data).source, DataSource{name});
  }
}

TEST(Glyphs, InColorHaveTwoThatCanBeToldApart) {
  const Dataset data = open_dataset("glyphs-color");
  EXPECT_EQ(data.train.channels, 3);
  EXPECT_EQ(data.train.height, 32);
  std::set<std::vector<std::uint8_t>> grounds;
  for (int i = 0; i < data.train.count; ++i) {
    const ByteImage letter = data.train.image(i);
    const std::vector<std::uint8_t> ground(letter.pixels.begin(), letter.pixels.begin() + 3);
    grounds.insert(ground);
    int most = 0;
    for (std::size_t k = 0; k < letter.pixels.size(); ++k)
      most = std::max(most, std::abs(letter.pixels[k] - ground[k % 3]));
    EXPECT_GT(most, 10) << i;
  }
  EXPECT_GT(grounds.size(), std::size_t(data.train.count) * 9 / 10);
}

TEST(Glyphs, OfDigitsAndOfOtherSizesAreDrawnOnRequest) {
  DataSource source{"glyphs-digits"};
  source.size = 16;
  const Dataset data = open_dataset(source);
  EXPECT_THAT(data.class_names, ElementsAre("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
  EXPECT_EQ(data.train.height, 16);
  EXPECT_EQ(record_of(data).source, source);
}

TEST(Glyphs, AreNotTransposed) {
  EXPECT_THAT(
      [] {
        open_dataset(DataSource{"glyphs", true});
      },
      testing::ThrowsMessage<Error>(HasSubstr("--transpose")));
}

TEST(GlyphPainter, DrawsNothingOfAFileThatIsNoFont) {
  GlyphPainter painter;
  EXPECT_FALSE(painter.draw({"No", "Font", "/dev/null", 0}, "A", 28));
}

}  // namespace
}  // namespace stepwise
