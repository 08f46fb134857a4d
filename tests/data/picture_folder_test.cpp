// Folders of pictures, opened as data sets.
#include "picture_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../picture_bytes.h"
#include "data/identity.h"
#include "error.h"
#include "error_of.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Bytes = std::vector<std::uint8_t>;

// One of two classes, in the training and the test set.
void add_two_classes(const PictureFolder& folder) {
  folder.add("train/cat/1.png", ramp(16, 20, 1));
  folder.add("train/dog/1.png", ramp(16, 20, 2));
  folder.add("test/cat/1.png", ramp(16, 20, 3));
  folder.add("test/dog/1.png", ramp(16, 20, 4));
}

TEST(PictureFolder, HasAFolderForEachClassAndKeepsPicturesToTheBit) {
  const PictureFolder folder;
  folder.add("train/cat/a.png", ramp(16, 20, 7));
  folder.add("train/cat/deeper/b.png", ramp(16, 20, 8));
  folder.add("train/dog/c.png", ramp(16, 20, 9));
  folder.add("test/dog/d.png", ramp(16, 20, 10));
  const Dataset data = folder.open();
  EXPECT_EQ(data.name, "animals");
  EXPECT_THAT(data.class_names, ElementsAre("cat", "dog"));
  EXPECT_EQ(data.train.labels, (Bytes{0, 0, 1}));
  EXPECT_EQ(data.test.labels, (Bytes{1}));
  EXPECT_EQ(data.train.image(0), ramp(16, 20, 7));
  EXPECT_EQ(data.train.image(1), ramp(16, 20, 8));
  EXPECT_EQ(data.test.image(0), ramp(16, 20, 10));
  EXPECT_THAT(data.notes, IsEmpty());
}

TEST(PictureFolder, WithoutATestSetHoldsSomeBackAlwaysTheSame) {
  const PictureFolder folder;
  for (int i = 0; i < 14; ++i)
    folder.add(text_of("animal/", char('a' + i), ".png"), ramp(16, 16, 10 * i));
  const Dataset data = folder.open();
  EXPECT_EQ(data.train.count, 12);
  EXPECT_EQ(data.test.count, 2);
  EXPECT_THAT(data.notes, ElementsAre(HasSubstr("2 of the 14 training pictures")));
  EXPECT_EQ(folder.open(32).test.labels, data.test.labels);
  EXPECT_EQ(folder.open().test.pixels, data.test.pixels);
}

TEST(PictureFolder, WithoutFoldersIsOfOneClassCalledAsItIs) {
  const PictureFolder folder;
  folder.add("1.png", ramp(16, 16));
  folder.add("2.png", ramp(16, 16));
  const Dataset data = folder.open();
  EXPECT_THAT(data.class_names, ElementsAre("animals"));
  EXPECT_EQ(data.train.count + data.test.count, 2);
}

TEST(PictureFolder, LeavesOutWhatBelongsToNoClassAndSaysSo) {
  const PictureFolder folder;
  add_two_classes(folder);
  folder.add("cover.png", ramp(16, 20));
  folder.add("test/bird/1.png", ramp(16, 20));
  fs::create_directory(folder / "train/fish");
  const Dataset data = folder.open();
  EXPECT_THAT(data.class_names, ElementsAre("cat", "dog"));
  EXPECT_EQ(data.test.count, 2);
  EXPECT_THAT(data.notes, Contains(HasSubstr("2 pictures in")));
  EXPECT_THAT(data.notes, Contains(HasSubstr("Folders without pictures are no classes: 'fish'")));
}

TEST(PictureFolder, TakesTheFirstTestSetOfWhichItIsSaidWhatItShows) {
  const PictureFolder folder;
  folder.add("train/cat/1.png", ramp(16, 20));
  folder.add("train/dog/1.png", ramp(16, 20));
  folder.add("test/1.png", ramp(16, 20));
  EXPECT_THAT(folder.open().notes, Contains(HasSubstr("There is no test set")));
  folder.add("val/dog/1.png", ramp(16, 20, 5));
  const Dataset data = folder.open();
  EXPECT_EQ(data.test.labels, (Bytes{1}));
  EXPECT_THAT(data.notes, ElementsAre(HasSubstr("1 picture in")));
}

TEST(PictureFolder, OfPicturesOfSeveralSizesIsBroughtTo32OrToWhatIsAskedFor) {
  const PictureFolder folder;
  add_two_classes(folder);
  folder.add("train/dog/2.png", ramp(40, 20));
  const Dataset usual = folder.open(), asked = folder.open(16);
  EXPECT_EQ(usual.train.height, 32);
  EXPECT_EQ(usual.test.width, 32);
  EXPECT_THAT(usual.notes,
              ElementsAre(AllOf(HasSubstr("brought to 32 x 32"), HasSubstr("--size"))));
  EXPECT_EQ(asked.train.height, 16);
  EXPECT_EQ(asked.train.width, 16);
  EXPECT_NE(identity_of(usual), identity_of(asked));
  EXPECT_EQ(identity_of(folder.open()), identity_of(usual));  // Each has a cache of its own.
}

TEST(PictureFolder, OfLargeOrTinyPicturesIsBroughtTo32) {
  for (const int side : {65, 15}) {
    const PictureFolder folder;
    folder.add("1.png", ramp(side, side));
    folder.add("2.png", ramp(side, side));
    EXPECT_EQ(folder.open().train.height, 32) << side;
  }
}

TEST(PictureFolder, IsGreyUnlessOnePictureHasColor) {
  const PictureFolder folder;
  add_two_classes(folder);
  EXPECT_EQ(folder.open().train.channels, 1);
  folder.add("test/dog/2.png", odd_picture(16, 20, 3));
  const Dataset data = folder.open();
  EXPECT_EQ(data.train.channels, 3);
  EXPECT_EQ(data.test.image(2), odd_picture(16, 20, 3));
  const ByteImage grey = data.train.image(0);
  EXPECT_EQ(grey.at(0, 5, 0), 6);
  EXPECT_EQ(grey.at(0, 5, 2), 6);
}

TEST(PictureFolder, TakesJpegAndWebpTooWhateverTheirEndings) {
  const PictureFolder folder;
  folder.add("1.JPG", jpeg_of(ramp(16, 16, 100)));
  folder.add("2.webp", webp_of(odd_picture(16, 16, 4)));
  folder.add("3.jpeg", png_of(ramp(16, 16)));
  folder.add("notes.txt", "no picture");
  folder.add(".hidden.png", "no picture");
  const Dataset data = folder.open();
  EXPECT_EQ(data.train.count + data.test.count, 3);
  EXPECT_EQ(data.train.channels, 3);
}

TEST(PictureFolder, ADamagedFileIsLeftOutAndNamed) {
  const PictureFolder folder;
  add_two_classes(folder);
  const std::string whole = png_of(odd_picture(16, 20, 1));
  folder.add("train/cat/cut.png", whole.substr(0, whole.size() / 2));
  EXPECT_THAT(folder.open().notes, ElementsAre(AllOf(HasSubstr("1 file in"),
                                                     HasSubstr("left out: 'train/cat/cut.png'"))));
  for (int i = 0; i < 9; ++i) folder.add(text_of("train/dog/bad", i, ".jpg"), "no picture");
  const Dataset data = folder.open();
  EXPECT_EQ(data.train.count, 2);
  EXPECT_THAT(data.notes, ElementsAre(AllOf(HasSubstr("10 files in"),
                                            HasSubstr("'train/dog/bad3.jpg' and 5 more"),
                                            HasSubstr("cut.png"))));
  EXPECT_EQ(folder.open().notes, data.notes);  // From the cache too.
}

TEST(PictureFolder, APictureOfABillionPixelsIsLeftOutBeforeThereIsMemoryForIt) {
  const PictureFolder folder;
  add_two_classes(folder);
  std::string huge = png_of(ramp(16, 20));
  huge.replace(16, 8, std::string("\0\0\x80\0\0\0\x80\0", 8));  // 32768 x 32768.
  const std::uint32_t check = std::uint32_t(
      ::crc32(0, reinterpret_cast<const Bytef*>(huge.data()) + 12, 17));  // Of its header.
  huge.replace(29, 4, big_endian(check));
  folder.add("train/cat/huge.png", huge);
  EXPECT_THAT(folder.open().notes,
              ElementsAre(AllOf(HasSubstr("huge.png"), HasSubstr("32768 x 32768"))));
}

TEST(PictureFolder, WithoutAPictureThatCanBeReadIsRefusedWithTheCause) {
  const PictureFolder folder;
  folder.add("cat/1.png", "no picture");
  folder.add("cat/2.png", "");
  EXPECT_THAT(error_of([&] { folder.open(); }),
              AllOf(HasSubstr("No picture to train on is left"), HasSubstr("'cat/1.png'")));
  EXPECT_THAT(folder.cached(), IsEmpty());
}

TEST(PictureFolder, ThatLeadsBackToItselfIsLookedIntoOnce) {
  const PictureFolder folder;
  add_two_classes(folder);
  fs::create_directory_symlink(folder.root(), folder / "train/cat/again");
  fs::create_symlink("nowhere.png", folder / "train/dog/dangling.png");
  fs::create_symlink("loop.png", folder / "train/dog/loop.png");
  const Dataset data = folder.open();
  EXPECT_EQ(data.train.count, 2);
  EXPECT_THAT(data.notes, Contains(AllOf(HasSubstr("train/cat/again"), HasSubstr("already"))));
  EXPECT_THAT(data.notes, Contains(AllOf(HasSubstr("2 files"), HasSubstr("dangling.png"))));
}

TEST(PictureFolder, OneThatMayNotBeLookedIntoIsPassedOverAndNamed) {
  const PictureFolder folder;
  add_two_classes(folder);
  folder.add("train/cow/1.png", ramp(16, 20));
  fs::permissions(folder / "train/cow", fs::perms::none);
  std::error_code error;
  fs::directory_iterator(folder / "train/cow", error);
  if (error) {  // Not for the administrator.
    const Dataset data = folder.open();
    EXPECT_THAT(data.class_names, ElementsAre("cat", "dog"));
    EXPECT_THAT(data.notes, Contains(AllOf(HasSubstr("train/cow"), HasSubstr("denied"))));
  }
  fs::permissions(folder / "train/cow", fs::perms::owner_all);
}

TEST(PictureFolder, AFileThatVanishesWhileOthersAreReadIsLeftOut) {
  const PictureFolder folder;
  add_two_classes(folder);
  folder.add("train/cat/2.png", ramp(16, 20));
  DatasetReader reader{DataSource{folder.root().string()}};
  while (reader.fraction() == 0) reader.step();  // Until all folders are listed.
  fs::remove(folder / "train/cat/2.png");
  while (reader.step()) {
  }
  const Dataset data = reader.take();
  EXPECT_EQ(data.train.count, 2);
  EXPECT_THAT(data.notes, ElementsAre(HasSubstr("train/cat/2.png")));
}

TEST(PictureFolder, IsNeitherTransposedNorReshaped) {
  const PictureFolder folder;
  add_two_classes(folder);
  const std::string place = folder.root().string();
  EXPECT_THAT(error_of([&] { open_dataset(DataSource{place, true}); }), HasSubstr("--transpose"));
  EXPECT_THAT(error_of([&] {
                open_dataset(DataSource{place, false, 2, 2});
              }),
              HasSubstr("--reshape"));
}

TEST(PictureFolder, IsKnownByItsPicturesAsIfTheyCameFromIdxFiles) {
  const PictureFolder folder;
  add_two_classes(folder);
  const TemporaryFolder other;
  const SmallData files(other.path());
  const auto write = [&](const std::string& part, int first, int second) {
    std::string images = idx_header(0x803, {2, 16, 20});
    for (const int from : {first, second})
      for (const std::uint8_t pixel : ramp(16, 20, from).pixels) images += char(pixel);
    files.write(part + "-images-idx3-ubyte", images);
    files.write(part + "-labels-idx1-ubyte", idx_labels({0, 1}));
  };
  write("train", 1, 2);
  write("t10k", 3, 4);
  EXPECT_EQ(identity_of(folder.open()), identity_of(open_dataset(files.path.string())));
}

}  // namespace
}  // namespace stepwise
