#include "data/more_pictures.h"

#include <gmock/gmock.h>

#include "data/identity.h"
#include "data/idx_files.h"
#include "error.h"
#include "image/png.h"
#include "temporary_folder.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::ThrowsMessage;

// Eight black pictures of 4 x 4, of two classes, and pictures of one's own beside them.
class MorePictures : public testing::Test {
 protected:
  MorePictures() {
    put_data(folder / "base", 4, {0, 1, 0, 1, 0, 1, 0, 1}, std::string(8 * 16, '\0'));
    put(folder / "base/classes.txt", "dress\ncoat/jacket\n");
    source.place = folder / "base";
    source.more = folder / "own";
    source.more_share = 0.5;
  }

  void draw(const fs::path& at, std::uint8_t grey, int side = 4) {
    fs::create_directories((folder / "own" / at).parent_path());
    put(folder / "own" / at, png_of(ByteImage(side, side, 1, grey)));
  }

  const TemporaryFolder folder;
  DataSource source;
};

TEST_F(MorePictures, AreLearnedFromAsOftenAsTheirShareAsks) {
  draw("dress/a.png", 200);
  draw("1/b.png", 100);  // A class whose name can be no folder's goes by its number.
  const Dataset data = open_dataset(source);
  ASSERT_EQ(data.train.count, 16);
  EXPECT_EQ(data.train.labels, (std::vector<std::uint8_t>{0, 1, 0, 1, 0, 1, 0, 1,  //
                                                          1, 0, 1, 0, 1, 0, 1, 0}));
  EXPECT_EQ(data.train.image(7), ByteImage(4, 4, 1, 0));
  EXPECT_EQ(data.train.image(8), ByteImage(4, 4, 1, 100));
  EXPECT_EQ(data.train.image(15), ByteImage(4, 4, 1, 200));
  EXPECT_EQ(data.test.count, 8);
  EXPECT_THAT(data.notes, Contains(AllOf(HasSubstr("2 pictures"), HasSubstr("each 4 times"))));
}

TEST_F(MorePictures, LeaveTheDataSetWhatItIs) {
  draw("dress/a.png", 200);
  DataSource alone = source;
  alone.more.clear();
  EXPECT_EQ(identity_of(open_dataset(source)), identity_of(open_dataset(alone)));
  EXPECT_EQ(open_dataset(alone).train.count, 8);
}

TEST_F(MorePictures, AreBroughtToTheSizeOfTheOthers) {
  draw("dress/large.png", 90, 16);
  EXPECT_EQ(open_dataset(source).train.image(8), ByteImage(4, 4, 1, 90));
}

TEST_F(MorePictures, ThatAreDamagedAreLeftOutAndTold) {
  draw("dress/a.png", 200);
  put(folder / "own/dress/b.png", "no picture");
  const Dataset data = open_dataset(source);
  EXPECT_EQ(data.train.count, 16);
  EXPECT_THAT(data.notes, Contains(HasSubstr("b.png")));
}

TEST_F(MorePictures, AreRefusedWhereNobodyKnowsWhatTheyShow) {
  draw("hat/a.png", 200);
  EXPECT_THAT([&] { open_dataset(source); },
              ThrowsMessage<Error>(AllOf(HasSubstr("'hat'"), HasSubstr("dress"))));
  fs::remove_all(folder / "own");
  draw("a.png", 200);
  EXPECT_THAT([&] { open_dataset(source); }, ThrowsMessage<Error>(HasSubstr("of no class")));
  fs::remove_all(folder / "own");
  EXPECT_THAT([&] { open_dataset(source); }, ThrowsMessage<Error>(HasSubstr("no folder")));
  fs::create_directories(folder / "own/dress");
  EXPECT_THAT([&] { open_dataset(source); }, ThrowsMessage<Error>(HasSubstr("no pictures in")));
}

}  // namespace
}  // namespace stepwise
