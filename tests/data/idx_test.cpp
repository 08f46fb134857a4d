#include "data/idx.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "../temporary_folder.h"
#include "error.h"
#include "idx_files.h"

namespace stepwise {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class Idx : public testing::Test {
 protected:
  Pictures read(const std::string& images, const std::string& labels) {
    put(folder_ / "images", images);
    put(folder_ / "labels", labels);
    return read_idx(folder_ / "images", folder_ / "labels");
  }

  // What reading says is wrong; empty if nothing.
  std::string refusal(const std::string& images, const std::string& labels) {
    try {
      read(images, labels);
    } catch (const Error& e) {
      return e.what();
    }
    return "";
  }

  // Both paths, so that messages can be compared with them.
  std::string images_path() const { return (folder_ / "images").string(); }
  std::string labels_path() const { return (folder_ / "labels").string(); }

  TemporaryFolder folder_;
  const std::string images_ = idx_images(3);
  const std::string labels_ = idx_labels({7, 0, 255});
};

TEST_F(Idx, ReadsPixelsAndLabelsInOrder) {
  const Pictures p = read(images_, labels_);
  EXPECT_EQ(p.count, 3);
  EXPECT_EQ(p.height, 2);
  EXPECT_EQ(p.width, 3);
  EXPECT_EQ(p.channels, 1);
  EXPECT_EQ(p.labels, (std::vector<std::uint8_t>{7, 0, 255}));
  ASSERT_EQ(p.pixels.size(), 18u);
  EXPECT_EQ(p.picture(2)[5], 17);
}

TEST_F(Idx, GzippedFilesHoldTheSame) {
  EXPECT_EQ(read(gzipped(images_), gzipped(labels_)).pixels, read(images_, labels_).pixels);
}

TEST_F(Idx, AMissingFileIsNamed) {
  put(folder_ / "images", images_);
  EXPECT_THROW(read_idx(folder_ / "images", folder_ / "none"), Error);
  EXPECT_THROW(read_idx(folder_ / "none", folder_ / "images"), Error);
  EXPECT_THROW(read_idx(folder_.path(), folder_ / "images"), Error);  // A folder is no file.
}

TEST_F(Idx, AFileCutShortAnywhereIsRefused) {
  for (std::size_t size = 0; size < images_.size(); ++size)
    EXPECT_THAT(refusal(images_.substr(0, size), labels_), HasSubstr(images_path())) << size;
  for (std::size_t size = 0; size < labels_.size(); ++size)
    EXPECT_THAT(refusal(images_, labels_.substr(0, size)), HasSubstr(labels_path())) << size;
}

TEST_F(Idx, AGzippedFileCutShortAnywhereIsRefused) {
  const std::string packed = gzipped(images_);
  for (std::size_t size = 0; size < packed.size(); ++size)
    EXPECT_THAT(refusal(packed.substr(0, size), labels_), HasSubstr(images_path())) << size;
}

TEST_F(Idx, CutShortSaysHowMuchWasExpectedAndFound) {
  EXPECT_THAT(refusal(images_.substr(0, images_.size() - 1), labels_),
              AllOf(HasSubstr("18 bytes"), HasSubstr("holds 17")));
}

TEST_F(Idx, ADamagedGzipStreamIsRefused) {
  std::string packed = gzipped(images_);
  packed[packed.size() - 5] = char(packed[packed.size() - 5] + 1);  // Within the checksum.
  EXPECT_THAT(refusal(packed, labels_), AllOf(HasSubstr(images_path()), HasSubstr("damaged")));
}

TEST_F(Idx, BytesAfterTheEndAreRefused) {
  EXPECT_THAT(refusal(images_ + '\0', labels_), HasSubstr("goes on after the 18 bytes"));
  EXPECT_THAT(refusal(images_, gzipped(labels_ + "more")), HasSubstr("goes on after the 3 bytes"));
}

TEST_F(Idx, AWrongMagicNumberIsShownBesideTheRightOne) {
  EXPECT_THAT(refusal(labels_, labels_), AllOf(HasSubstr("2049"), HasSubstr("2051")));
  EXPECT_THAT(refusal(images_, images_), AllOf(HasSubstr("2051"), HasSubstr("2049")));
  EXPECT_THAT(refusal("This is not an IDX file.", labels_), HasSubstr("magic number"));
}

TEST_F(Idx, PicturesAndLabelsThatDisagreeInNumberAreRefused) {
  EXPECT_THAT(refusal(images_, idx_labels({1, 2})),
              AllOf(HasSubstr("3 pictures"), HasSubstr("2 labels"), HasSubstr(labels_path())));
}

TEST_F(Idx, NoPicturesAndPicturesWithoutPixelsAreRefused) {
  EXPECT_NE(refusal(idx_images(0), idx_labels({})), "");
  EXPECT_NE(refusal(idx_header(0x803, {1, 0, 3}), idx_labels({1})), "");
}

// Were the memory taken that these headers promise, this test would not survive.
TEST_F(Idx, AHeaderThatPromisesMoreThanThereIsCostsNoMemory) {
  const std::uint32_t most = 0xffffffff;
  EXPECT_NE(refusal(idx_header(0x803, {most, most, most}), idx_header(0x801, {most})), "");
  const std::uint32_t many = 10'000'000;
  EXPECT_THAT(refusal(idx_header(0x803, {many, 1024, 1024}), idx_header(0x801, {many})),
              HasSubstr("cut short"));
  const std::string labels = idx_labels(std::vector<int>(2000, 1));
  EXPECT_THAT(refusal(idx_header(0x803, {2000, 1024, 1024}), labels), HasSubstr("cut short"));
  EXPECT_THAT(refusal(idx_header(0x803, {2000, 1024, 1025}), labels), HasSubstr("1025"));
}

TEST_F(Idx, AGzipBombIsReadNoFurtherThanItsHeaderPromises) {
  const std::string bomb = gzipped(images_ + std::string(100'000'000, '\0'));
  ASSERT_LT(bomb.size(), 200'000u);
  EXPECT_THAT(refusal(bomb, labels_), HasSubstr("goes on after the 18 bytes"));
}

}  // namespace
}  // namespace stepwise
