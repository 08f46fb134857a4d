#include "data/corrections.h"

#include <gmock/gmock.h>

#include <cstdlib>

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

using Labels = std::vector<std::uint8_t>;

// Eight pictures of 4 x 4, of two classes, and a user's data folder of their own.
class CorrectionsByHand : public testing::Test {
 protected:
  CorrectionsByHand() {
    ::setenv("XDG_DATA_HOME", (folder / "home").c_str(), 1);
    write(folder / "base", '\0');
    source.place = folder / "base";
    source.by_hand = true;
  }
  ~CorrectionsByHand() override { ::unsetenv("XDG_DATA_HOME"); }

  static void write(const fs::path& to, char pixel) {
    put_data(to, 4, {0, 1, 0, 1, 0, 1, 0, 1}, std::string(8 * 16, pixel));
    put(to / "classes.txt", "dress\ncoat\n");
  }

  // As the window does.
  void keep(const std::vector<Correction>& changes) const {
    Dataset data = open_dataset(source);
    keep_by_hand(data, with_changes(corrections_by_hand(data), data, changes));
  }
  fs::path file() const {
    return corrections_folder() / (identity_of(open_dataset(folder / "base")) + ".json");
  }

  const TemporaryFolder folder;
  DataSource source;
};

TEST_F(CorrectionsByHand, AreUsedWhenTheDataSetIsOpenedAgain) {
  keep({{.index = 0, .label = 1}, {.index = 5, .left_out = true}});
  keep({{.index = 2, .label = 1}});
  const Dataset data = open_dataset(source);
  EXPECT_EQ(data.train.labels, (Labels{1, 1, 1, 1, 0, 1, 0, 1}));
  EXPECT_EQ(data.given, (Labels{0, 1, 0, 1, 0, 1, 0, 1}));
  EXPECT_EQ(data.left_out, std::vector{5});
  EXPECT_EQ(learned_from(data), (std::vector{0, 1, 2, 3, 4, 6, 7}));
  EXPECT_EQ(data.test.labels, (Labels{0, 1, 0, 1, 0, 1, 0, 1}));
}

TEST_F(CorrectionsByHand, AreLeftAloneWhereNobodyAsksForThem) {
  keep({{.index = 0, .label = 1}});
  source.by_hand = false;
  const Dataset data = open_dataset(source);
  EXPECT_EQ(data.train.labels, data.given);
  EXPECT_TRUE(data.source.corrections.pictures.empty());
}

TEST_F(CorrectionsByHand, StandInTheSourceSoThatItOpensTheSameLater) {
  keep({{.index = 0, .label = 1}, {.index = 3, .left_out = true}});
  const Dataset then = open_dataset(source);
  EXPECT_FALSE(then.source.by_hand);
  keep({{.index = 6, .label = 1}});
  const Dataset again = open_dataset(then.source);
  EXPECT_EQ(again.train.labels, then.train.labels);
  EXPECT_EQ(again.left_out, then.left_out);
}

TEST_F(CorrectionsByHand, LeaveTheDataSetWhatItIs) {
  const std::string before = identity_of(open_dataset(source));
  keep({{.index = 0, .label = 1}});
  EXPECT_EQ(identity_of(open_dataset(source)), before);
}

TEST_F(CorrectionsByHand, BelongToThePicturesAndNotToTheirPlace) {
  keep({{.index = 0, .label = 1}});
  fs::rename(folder / "base", folder / "moved");
  write(folder / "base", '\1');  // Others, where those lay.
  EXPECT_EQ(open_dataset(source).train.labels[0], 0);
  source.place = folder / "moved";
  EXPECT_EQ(open_dataset(source).train.labels[0], 1);
}

TEST_F(CorrectionsByHand, ThatAreTakenBackLeaveWhatTheFilesSay) {
  keep({{.index = 0, .label = 1}, {.index = 5, .left_out = true}});
  keep({{.index = 0, .label = 0}, {.index = 5}});  // Its own class is no correction.
  EXPECT_EQ(open_dataset(source).source.corrections, Corrections{});
  EXPECT_TRUE(open_dataset(source).left_out.empty());
}

TEST_F(CorrectionsByHand, ThatAreDamagedAreToldAndTheDataSetOpens) {
  keep({{.index = 0, .label = 1}});
  put(file(), "{\"pictures\": [{\"index\"");
  const Dataset data = open_dataset(source);
  EXPECT_EQ(data.train.labels, data.given);
  EXPECT_THAT(data.notes, Contains(AllOf(HasSubstr(file()), HasSubstr("move it away"))));
  EXPECT_THAT([&] { corrections_by_hand(data); }, ThrowsMessage<Error>(HasSubstr("not valid")));
}

TEST_F(CorrectionsByHand, OfNoSuchPictureOrClassAreToldAndTheDataSetOpens) {
  keep({{.index = 0, .label = 1}});
  put(file(), R"({"pictures": [{"index": 8, "left_out": true}]})");
  EXPECT_THAT(open_dataset(source).notes,
              Contains(AllOf(HasSubstr("no training picture 8"), HasSubstr(file()))));
  put(file(), R"({"pictures": [{"index": 3, "label": 2}]})");
  const Dataset data = open_dataset(source);
  EXPECT_THAT(data.notes, Contains(HasSubstr("class 2")));
  EXPECT_EQ(data.train.labels, data.given);
}

TEST_F(CorrectionsByHand, AskedForByNameAreRefusedForOtherPictures) {
  keep({{.index = 0, .label = 1}});
  source.by_hand = false;
  source.corrections = read_corrections(file());
  EXPECT_EQ(open_dataset(source).train.labels[0], 1);
  write(folder / "other", '\1');
  source.place = folder / "other";
  EXPECT_THAT([&] { open_dataset(source); },
              ThrowsMessage<Error>(AllOf(HasSubstr("'base'"), HasSubstr("'other'"))));
}

TEST_F(CorrectionsByHand, LeaveSomethingOfEachClass) {
  Dataset data = open_dataset(source);
  const Corrections none = with_changes({}, data,
                                        std::vector<Correction>{{.index = 0, .left_out = true},
                                                                {.index = 2, .label = 1},
                                                                {.index = 4, .left_out = true},
                                                                {.index = 6, .label = 1}});
  EXPECT_THAT([&] { correct(data, none); }, ThrowsMessage<Error>(HasSubstr("'dress'")));
  EXPECT_EQ(data.train.labels, data.given);
  EXPECT_TRUE(data.left_out.empty());
}

TEST_F(CorrectionsByHand, OfThePicturesThemselvesLeaveThoseBesideThemAlone) {
  keep({{.index = 0, .label = 1}, {.index = 7, .left_out = true}});
  fs::create_directories(folder / "own/dress");
  put(folder / "own/dress/a.png", png_of(ByteImage(4, 4, 1, 200)));
  source.more = folder / "own";
  source.more_share = 0.1;  // Of nine: once.
  Dataset data = open_dataset(source);
  EXPECT_EQ(data.train.labels, (Labels{1, 1, 0, 1, 0, 1, 0, 1, 0}));
  EXPECT_EQ(learned_from(data), (std::vector{0, 1, 2, 3, 4, 5, 6, 8}));
  correct(data, {});
  EXPECT_EQ(data.train.labels, (Labels{0, 1, 0, 1, 0, 1, 0, 1, 0}));
  EXPECT_THAT([&] { with_changes({}, data, std::vector{Correction{.index = 8}}); },
              ThrowsMessage<Error>(HasSubstr("no training picture 8")));
}

}  // namespace
}  // namespace stepwise
