#include "data/picture_cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "data/identity.h"
#include "error.h"
#include "image/file.h"
#include "picture_folder.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;
using testing::SizeIs;

class PictureCache : public testing::Test {
 protected:
  PictureCache() {
    for (int i = 0; i < 8; ++i) folder_.add(text_of("cat/", i, ".png"), ramp(16, 16, i));
  }
  // The one file in it.
  fs::path file() const { return folder_.cached().at(0); }
  ino_t inode() const {
    struct stat about {};
    ::stat(file().c_str(), &about);
    return about.st_ino;
  }

  PictureFolder folder_;
};

TEST_F(PictureCache, IsMadeOnceAndAnewWhenAFileHasChanged) {
  const Dataset first = folder_.open();
  ASSERT_THAT(folder_.cached(), SizeIs(1));
  const InputFile held(file());  // So that no other file can take its inode.
  const ino_t before = inode();
  EXPECT_EQ(folder_.open().train.pixels, first.train.pixels);
  EXPECT_EQ(inode(), before);
  folder_.add("cat/0.png", ramp(16, 16, 99));
  EXPECT_NE(identity_of(folder_.open()), identity_of(first));
  EXPECT_NE(inode(), before);
  EXPECT_THAT(folder_.cached(), SizeIs(1));  // In the place of the old one.
}

TEST_F(PictureCache, KnowsTheIdentityThatReadingAllPicturesGives) {
  Dataset data = folder_.open();
  const std::string known = data.identity;
  EXPECT_THAT(known, SizeIs(64));
  data.identity.clear();
  EXPECT_EQ(identity_of(data), known);
}

TEST_F(PictureCache, ThatIsReplacedOrDeletedStaysForThoseWhoHaveIt) {
  const Dataset data = folder_.open();
  const std::vector<std::uint8_t> before = data.train.pixels.copy();
  folder_.add("cat/0.png", ramp(16, 16, 99));
  folder_.open();
  fs::remove(file());
  EXPECT_EQ(data.train.pixels, before);
}

TEST_F(PictureCache, CutShortOrDamagedAnywhereIsMadeAnew) {
  const std::string identity = identity_of(folder_.open()), whole = read_file(file());
  const std::string stamp = [&] {  // Of the head, to read it without what lies in the folder.
    const auto at = whole.find("\"stamp\":\"") + 9;
    return whole.substr(at, 64);
  }();
  const auto is_taken = [&](const std::string& bytes) {
    put(file(), bytes);
    Dataset data;
    return read_cache(file(), stamp, data);
  };
  ASSERT_TRUE(is_taken(whole));
  std::mt19937 random(1);
  for (int i = 0; i < 200; ++i) {
    std::string damaged = whole;
    damaged[random() % whole.size()] ^= char(1 << random() % 8);
    EXPECT_FALSE(is_taken(damaged)) << i;
    EXPECT_FALSE(is_taken(whole.substr(0, random() % whole.size()))) << i;
  }
  EXPECT_FALSE(is_taken(whole + "x"));
  EXPECT_EQ(identity_of(folder_.open()), identity);  // In spite of the damage.
  EXPECT_EQ(read_file(file()), whole);
}

TEST_F(PictureCache, OfAnOpeningThatWasGivenUpIsNotThere) {
  {
    DatasetReader reader{DataSource{folder_.root().string()}};
    while (reader.fraction() == 0) reader.step();
  }
  EXPECT_THAT(folder_.cached(), IsEmpty());
}

TEST_F(PictureCache, IsForAFolderHoweverItIsNamed) {
  EXPECT_EQ(picture_cache("/a/b", 0), picture_cache("/a/c/../b", 0));
  EXPECT_NE(picture_cache("/a/b", 0), picture_cache("/a/b", 32));
  EXPECT_NE(picture_cache("/a/b", 0), picture_cache("/a/c", 0));
}

}  // namespace
}  // namespace stepwise
