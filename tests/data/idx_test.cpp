#include "data/idx.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "../temporary_folder.h"
#include "error.h"
#include "error_of.h"
#include "idx_files.h"

namespace stepwise {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using Bytes = std::vector<std::uint8_t>;

class Idx : public testing::Test {
 protected:
  IdxData read(const std::string& images, const std::string& labels) {
    put(folder_ / "images", images);
    put(folder_ / "labels", labels);
    return read_idx(folder_ / "images", folder_ / "labels");
  }

  // What reading says is wrong; empty if nothing.
  std::string refusal(const std::string& images, const std::string& labels) {
    return error_of([&] { read(images, labels); });
  }

  // Both paths, so that messages can be compared with them.
  std::string images_path() const { return (folder_ / "images").string(); }
  std::string labels_path() const { return (folder_ / "labels").string(); }

  TemporaryFolder folder_;
  const std::string images_ = idx_images(3);
  const std::string labels_ = idx_labels({7, 0, 255});
};

TEST_F(Idx, ReadsPixelsAndLabelsInOrder) {
  const IdxData data = read(images_, labels_);
  const Pictures& p = data.pictures;
  EXPECT_EQ(p.count, 3);
  EXPECT_EQ(p.height, 2);
  EXPECT_EQ(p.width, 3);
  EXPECT_EQ(p.channels, 1);
  EXPECT_EQ(data.labels, (std::vector<int>{7, 0, 255}));
  ASSERT_EQ(p.pixels.size(), 18u);
  EXPECT_EQ(p.picture(2)[5], 17);
}

TEST_F(Idx, GzippedFilesHoldTheSame) {
  EXPECT_EQ(read(gzipped(images_), gzipped(labels_)).pictures.pixels,
            read(images_, labels_).pictures.pixels);
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

TEST_F(Idx, ALargePlainFileIsMappedAndMustAgreeWithItsHeaderAllTheSame) {
  constexpr std::uint32_t kCount = 70'000, kSide = 32;  // More than 64 MiB; a hole in the file.
  const std::string header = idx_header(0x803, {kCount, kSide, kSide});
  const std::uintmax_t size = header.size() + std::uintmax_t{kCount} * kSide * kSide;
  const auto refusal_of = [&](std::uintmax_t bytes) {
    std::filesystem::resize_file(folder_ / "images", bytes);
    return error_of([&] { read_idx(folder_ / "images", folder_ / "labels"); });
  };
  put(folder_ / "images", header + "first");
  put(folder_ / "labels", idx_labels(std::vector<int>(kCount, 1)));
  EXPECT_EQ(refusal_of(size), "");
  const IdxData data = read_idx(folder_ / "images", folder_ / "labels");
  EXPECT_EQ(data.pictures.pixels.part(0, 6).text(), std::string_view("first\0", 6));
  EXPECT_EQ(data.pictures.pixels[data.pictures.pixels.size() - 1], 0);
  EXPECT_THAT(refusal_of(size + 1), HasSubstr("goes on after"));
  EXPECT_THAT(refusal_of(size - 1), HasSubstr("cut short"));
}

TEST_F(Idx, PicturesAndLabelsInEachOthersPlaceAreTold) {
  EXPECT_THAT(refusal(labels_, labels_), AllOf(HasSubstr("3 bytes"), HasSubstr("pictures were")));
  EXPECT_THAT(refusal(images_, images_), AllOf(HasSubstr("3 x 2 x 3"), HasSubstr("labels were")));
}

TEST_F(Idx, AnotherKindOfFileIsToldByItsFirstBytes) {
  EXPECT_THAT(refusal("This is not an IDX file.", labels_), HasSubstr("does not begin as an IDX"));
  EXPECT_THAT(refusal("version https://git-lfs.github.com/spec/v1\noid", labels_),
              HasSubstr("Git LFS pointer"));
  EXPECT_THAT(refusal(images_, gzipped("<!DOCTYPE html><html>")), HasSubstr("web page"));
  EXPECT_THAT(refusal("", labels_), HasSubstr("empty"));
}

TEST_F(Idx, PicturesAndLabelsThatDisagreeInNumberAreRefused) {
  EXPECT_THAT(refusal(images_, idx_labels({1, 2})),
              AllOf(HasSubstr("3 pictures"), HasSubstr("2 labels"), HasSubstr(labels_path())));
}

TEST_F(Idx, NoPicturesAndPicturesWithoutPixelsAreRefused) {
  EXPECT_NE(refusal(idx_images(0), idx_labels({})), "");
  EXPECT_NE(refusal(idx_header(0x803, {1, 0, 3}), idx_labels({1})), "");
}

TEST_F(Idx, PackedTwiceIsReadAndTold) {
  const IdxData data = read(gzipped(gzipped(images_)), labels_);
  EXPECT_EQ(data.pictures.pixels, read(images_, labels_).pictures.pixels);
  ASSERT_EQ(data.notes.size(), 1u);
  EXPECT_THAT(data.notes[0], HasSubstr("gzip 2 times"));
  EXPECT_THAT(refusal(gzipped(gzipped(gzipped(gzipped(images_)))), labels_),
              HasSubstr("more than 3 times"));
}

TEST_F(Idx, SeveralGzipMembersAreOneFile) {
  EXPECT_EQ(
      read(gzipped(images_.substr(0, 20)) + gzipped(images_.substr(20)), labels_).pictures.pixels,
      read(images_, labels_).pictures.pixels);
}

TEST_F(Idx, FloatsAndWholeNumbersBecomeBytesByTheRangeTheyAreIn) {
  const auto pixels = [&](const std::string& images) {
    put(folder_ / "images", images);
    put(folder_ / "labels", idx_labels({0}));
    return read_idx(folder_ / "images", folder_ / "labels", brightness_of({folder_ / "images"}))
        .pictures.pixels;
  };
  const std::vector<std::uint32_t> shape{1, 1, 3};
  EXPECT_EQ(pixels(idx_of<float>(0x0d, shape, {0, 0.5f, 0.8f})), (Bytes{0, 128, 204}));
  EXPECT_EQ(pixels(idx_of<double>(0x0e, shape, {-1, 0, 1})), (Bytes{0, 128, 255}));
  EXPECT_EQ(pixels(idx_of<float>(0x0d, shape, {0, 17, 255})), (Bytes{0, 17, 255}));
  EXPECT_EQ(pixels(idx_of<std::int32_t>(0x0c, shape, {0, 200, 7})), (Bytes{0, 200, 7}));
  EXPECT_EQ(pixels(idx_of<std::int8_t>(0x09, shape, {-128, 0, 127})), (Bytes{0, 128, 255}));
  EXPECT_EQ(pixels(idx_of<std::int16_t>(0x0b, shape, {-1000, 0, 1000})), (Bytes{0, 128, 255}));
  EXPECT_EQ(pixels(idx_of<float>(0x0d, shape, {3, 3, 3})), (Bytes{3, 3, 3}));
}

TEST_F(Idx, NumbersThatAreNotFiniteAreRefused) {
  put(folder_ / "images", idx_of<float>(0x0d, {1, 1, 2}, {0, NAN}));
  EXPECT_THROW(brightness_of({folder_ / "images"}), Error);
}

TEST_F(Idx, ColoursMayComeWithEachPixelOrOneAfterTheOther) {
  const std::vector<std::uint8_t> pixels{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  const std::vector<std::uint8_t> planes{1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12};
  const Pictures by_pixel = read(idx_of(0x08, {1, 2, 2, 3}, pixels), idx_labels({0})).pictures;
  EXPECT_EQ(by_pixel.channels, 3);
  EXPECT_EQ(by_pixel.pixels, pixels);
  const Pictures by_plane = read(idx_of(0x08, {1, 3, 2, 2}, planes), idx_labels({0})).pictures;
  EXPECT_EQ(by_plane.width, 2);
  EXPECT_EQ(by_plane.pixels, pixels);
  EXPECT_THAT(refusal(idx_of(0x08, {1, 3, 4, 1}, pixels), idx_labels({0})),
              HasSubstr("1 x 3 x 4 x 1"));
  EXPECT_THAT(refusal(idx_of(0x08, {1, 2, 3, 2}, pixels), idx_labels({0})),
              HasSubstr("1 or 3 colours"));
}

TEST_F(Idx, RowsOfPixelsArePicturesOfOneRow) {
  const Pictures p =
      read(idx_of(0x08, {2, 3}, std::vector<std::uint8_t>{1, 2, 3, 4, 5, 6}), idx_labels({0, 1}))
          .pictures;
  EXPECT_EQ(p.count, 2);
  EXPECT_EQ(p.height, 1);
  EXPECT_EQ(p.width, 3);
}

TEST_F(Idx, OfEightNumbersForEachPictureTheFirstIsItsClass) {
  std::vector<std::int32_t> numbers(24, 99);
  numbers[0] = 4, numbers[8] = 5, numbers[16] = 6;
  const IdxData data = read(images_, idx_of(0x0c, {3, 8}, numbers));
  EXPECT_EQ(data.labels, (std::vector<int>{4, 5, 6}));
  EXPECT_THAT(data.notes.at(0), HasSubstr("8 numbers"));
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
