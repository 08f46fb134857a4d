#include "data/dataset.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "../temporary_folder.h"
#include "data/identity.h"
#include "error.h"
#include "error_of.h"
#include "idx_files.h"
#include "settings/json.h"
#include "settings/record.h"

namespace stepwise {
namespace {

using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string refusal_of_data(const std::string& name) {
  return error_of([&] { open_dataset(name); });
}

TEST(FashionMnist, HasItsCountsClassesAndStatistics) {
  const Dataset data = open_dataset("fashion-mnist");
  EXPECT_EQ(data.name, "fashion-mnist");
  EXPECT_EQ(data.train.count, 60000);
  EXPECT_EQ(data.test.count, 10000);
  EXPECT_EQ(data.train.height, 28);
  EXPECT_EQ(data.test.width, 28);
  EXPECT_THAT(data.class_names, ElementsAre("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
                                            "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"));
  std::vector<int> per_class(10, 0);
  for (std::uint8_t label : data.train.labels) ++per_class[label];
  EXPECT_THAT(per_class, Each(6000));

  double sum = 0, squares = 0;
  for (std::uint8_t v : data.train.pixels) {
    sum += v / 255.;
    squares += v / 255. * (v / 255.);
  }
  const double mean = sum / double(data.train.pixels.size());
  EXPECT_NEAR(mean, 0.2860, 0.0001);
  EXPECT_NEAR(std::sqrt(squares / double(data.train.pixels.size()) - mean * mean), 0.3530, 0.0001);
}

TEST(FashionMnist, ShrunkIsAnotherDataSetOfTheSameThings) {
  const Dataset whole = open_dataset("fashion-mnist"),
                half = open_dataset(DataSource{.place = "fashion-mnist", .shrink = 2});
  EXPECT_EQ(half.train.height, 14);
  EXPECT_EQ(half.test.width, 14);
  EXPECT_EQ(half.train.labels, whole.train.labels);
  EXPECT_NE(identity_of(half), identity_of(whole));
  const Dataset again = open_dataset(*record_of(half).source);
  EXPECT_TRUE(same_pictures(record_of(half), record_of(again)));
  EXPECT_THAT(error_of([] { open_dataset(DataSource{.place = "fashion-mnist", .shrink = 3}); }),
              HasSubstr("28 x 28 pixels cannot be shrunk to one pixel for each 3 x 3"));
}

TEST(Folder, OpensPlainFilesAndNamesItselfAfterTheFolder) {
  const TemporaryFolder folder;
  const SmallData files(folder / "letters");
  const Dataset data = open_dataset((folder / "letters").string());
  EXPECT_EQ(data.name, "letters");
  EXPECT_EQ(data.train.count, 3);
  EXPECT_EQ(data.test.count, 2);
  EXPECT_THAT(data.class_names, ElementsAre("Class 0", "Class 1", "Class 2"));
  EXPECT_EQ(open_dataset((folder / "letters/").string()).name, "letters");
}

TEST(Folder, OpensGzippedFiles) {
  const TemporaryFolder folder;
  SmallData files(folder / "letters");
  files.remove("train-images-idx3-ubyte");
  files.write("train-images-idx3-ubyte.gz", gzipped(idx_images(3)));
  EXPECT_EQ(open_dataset(files.path.string()).train.count, 3);
}

TEST(Folder, TakesClassNamesFromItsOwnList) {
  const TemporaryFolder folder;
  SmallData files(folder / "letters");
  files.write("classes.txt", "Alpha\r\n\n  Beta ray \nGamma");
  EXPECT_THAT(open_dataset(files.path.string()).class_names,
              ElementsAre("Alpha", "Beta ray", "Gamma"));
}

TEST(Folder, ALabelWithoutAClassIsRefused) {
  const TemporaryFolder folder;
  SmallData files(folder / "letters");
  files.write("classes.txt", "Alpha\nBeta");
  EXPECT_THAT(refusal_of_data(files.path.string()),
              AllOf(HasSubstr("train-labels-idx1-ubyte"), HasSubstr("label 2 is 2"),
                    HasSubstr("2 classes")));
}

TEST(Folder, TrainingAndTestPicturesOfDifferentSizeAreRefused) {
  const TemporaryFolder folder;
  SmallData files(folder / "letters");
  files.write("t10k-images-idx3-ubyte", idx_header(0x803, {2, 1, 1}) + "ab");
  EXPECT_THAT(refusal_of_data(files.path.string()), AllOf(HasSubstr("3 x 2"), HasSubstr("1 x 1")));
}

TEST(Folder, AMissingFileIsNamed) {
  const TemporaryFolder folder;
  const SmallData files(folder / "letters");
  files.remove("train-labels-idx1-ubyte");
  EXPECT_THAT(refusal_of_data(files.path.string()),
              HasSubstr("train-labels-idx1-ubyte is missing"));
}

TEST(Folder, WithoutADataSetSaysWhatItShouldHold) {
  const TemporaryFolder folder;
  EXPECT_THAT(refusal_of_data(folder.path().string()), HasSubstr("train-images-idx3-ubyte"));
}

TEST(Name, ThatIsUnknownIsRefusedWithThePlacesLookedIn) {
  EXPECT_THAT(refusal_of_data("no-such-data"),
              AllOf(HasSubstr("no-such-data"), HasSubstr("/usr/share/datasets")));
  EXPECT_NE(refusal_of_data(""), "");
  EXPECT_NE(refusal_of_data("/no/such/folder"), "");
}

TEST(Name, IsLookedForInTheFolderOfTheVariableFirst) {
  const TemporaryFolder folder;
  const SmallData files(folder / "fashion-mnist");
  ::setenv("STEPWISE_DATA", folder.path().c_str(), 1);
  const Dataset data = open_dataset("fashion-mnist");
  ::unsetenv("STEPWISE_DATA");
  EXPECT_EQ(data.train.count, 3);
  EXPECT_EQ(data.folder, files.path);
}

TEST(Folder, WithoutATestSetHoldsBackTheSamePicturesEveryTime) {
  const TemporaryFolder folder;
  const SmallData files(folder / "letters");
  files.write("train-images-idx3-ubyte", idx_images(21));
  files.write("train-labels-idx1-ubyte", idx_labels(std::vector<int>(21, 0)));
  files.remove("t10k-images-idx3-ubyte");
  files.remove("t10k-labels-idx1-ubyte");
  const Dataset data = open_dataset(files.path.string());
  EXPECT_EQ(data.train.count, 18);
  EXPECT_EQ(data.test.count, 3);
  EXPECT_THAT(data.notes, ElementsAre(HasSubstr("3 of the 21")));
  EXPECT_EQ(open_dataset(files.path.string()).test.pixels, data.test.pixels);
  std::vector<int> firsts;  // Of each picture: all are still there, in order.
  for (const Pictures* part : {&data.train, &data.test})
    for (int i = 0; i < part->count; ++i) firsts.push_back(part->picture(i).front());
  EXPECT_TRUE(std::is_sorted(firsts.begin(), firsts.begin() + 18));
  std::sort(firsts.begin(), firsts.end());
  for (int i = 0; i < 21; ++i) EXPECT_EQ(firsts[std::size_t(i)], 6 * i);
}

TEST(Folder, OfFloatsAndBytesIsBroughtToOneRangeFileByFile) {
  const TemporaryFolder folder;
  const SmallData files(folder / "letters");
  files.write("train-images-idx3-ubyte", idx_of<float>(0x0d, {3, 1, 1}, {0, 0.2f, 1}));
  files.write("t10k-images-idx3-ubyte", idx_of<std::uint8_t>(0x08, {2, 1, 1}, {7, 250}));
  const Dataset data = open_dataset(files.path.string());
  EXPECT_EQ(data.train.pixels, (std::vector<std::uint8_t>{0, 51, 255}));
  EXPECT_EQ(data.test.pixels, (std::vector<std::uint8_t>{7, 250}));
  EXPECT_THAT(data.notes,
              testing::Contains(HasSubstr("32-bit floats: 0 was taken as black, 1 as")));
}

TEST(Folder, OfZerosAndOnesIsNotLeftInTheDark) {
  const TemporaryFolder folder;
  const SmallData files(folder / "letters");
  files.write("train-images-idx3-ubyte", idx_of<std::uint8_t>(0x08, {3, 1, 1}, {0, 1, 0}));
  files.write("t10k-images-idx3-ubyte", idx_of<std::uint8_t>(0x08, {2, 1, 1}, {1, 0}));
  const Dataset data = open_dataset(files.path.string());
  EXPECT_EQ(data.train.pixels, (std::vector<std::uint8_t>{0, 255, 0}));
  EXPECT_THAT(data.notes, testing::Contains(HasSubstr("1 was taken as white")));
}

TEST(Folder, OfRowsIsCutIntoPicturesOnRequest) {
  const TemporaryFolder folder;
  const SmallData files(folder / "letters");
  files.write("train-images-idx3-ubyte", idx_of(0x08, {3, 4}, std::vector<std::uint8_t>(12, 9)));
  files.write("t10k-images-idx3-ubyte", idx_of(0x08, {2, 1, 4}, std::vector<std::uint8_t>(8, 9)));
  EXPECT_THAT(open_dataset(files.path.string()).notes,
              testing::Contains(HasSubstr("add --reshape 2x2")));
  const Dataset data = open_dataset(DataSource{files.path.string(), false, 2, 2});
  EXPECT_EQ(data.train.height, 2);
  EXPECT_EQ(data.test.width, 2);
  EXPECT_THAT(data.notes, testing::IsEmpty());
}

TEST(Source, OpensTheSameDataSetFromAnywhere) {
  const TemporaryFolder folder;
  const SmallData files(folder / "letters");
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  const Dataset data = open_dataset("letters");
  std::filesystem::current_path(before);
  EXPECT_EQ(data.source.place, files.path.string());
  EXPECT_EQ(identity_of(open_dataset(data.source)), identity_of(data));
  EXPECT_EQ(open_dataset("fashion-mnist").source.place, "fashion-mnist");
}

TEST(Identity, IsThatOfPicturesLabelsAndShapeAndOfNothingElse) {
  const TemporaryFolder folder;
  const SmallData files(folder / "letters"), same(folder / "moved");
  same.remove("train-images-idx3-ubyte");
  same.write("train-images-idx3-ubyte.gz", gzipped(idx_images(3)));
  same.write("classes.txt", "a\nb\nc");
  const std::string identity = identity_of(open_dataset(files.path.string()));
  EXPECT_EQ(identity.size(), 64u);
  EXPECT_EQ(identity_of(open_dataset(same.path.string())), identity);
  EXPECT_NE(identity_of(open_dataset(DataSource{files.path.string(), true})), identity);
  EXPECT_NE(identity_of(open_dataset(DataSource{files.path.string(), false, 3, 2})), identity);
  same.write("t10k-labels-idx1-ubyte", idx_labels({0, 0}));
  EXPECT_NE(identity_of(open_dataset(same.path.string())), identity);
}

// Pictures of two pixels.
Pictures pairs(std::vector<std::uint8_t> pixels, std::vector<std::uint8_t> labels) {
  Pictures pictures;
  pictures.count = int(labels.size());
  pictures.height = 1;
  pictures.width = 2;
  pictures.pixels = std::move(pixels);
  pictures.labels = std::move(labels);
  return pictures;
}

TEST(Identity, OfEarlierVersionsIsKnownAgain) {
  Dataset data;
  data.train = pairs({0, 1, 2, 3}, {0, 1});
  data.test = pairs({4, 5}, {0});
  const DataRecord given = record_of(data);
  DataRecord old;
  old.identity = "54fd3a537f4badb9";  // Written before there were others.
  EXPECT_TRUE(same_pictures(old, given));
  const std::string stored = text_of_json(value_of(given));
  EXPECT_TRUE(same_pictures(read_object<DataRecord>(stored, "a run"), given));
  EXPECT_THAT(stored, Not(HasSubstr(old.identity)));
  data.train = pairs({9, 1, 2, 3}, {0, 1});
  EXPECT_FALSE(same_pictures(old, record_of(data)));
  EXPECT_FALSE(same_pictures(given, record_of(data)));
}

TEST(ImageOf, IsInDataUnits) {
  const Pictures pictures = pairs({0, 255}, {0});
  EXPECT_EQ(image_of(pictures, 0).pixels, (std::vector<float>{-1, 1}));
  EXPECT_THROW(image_of(pictures, 1), Error);
  EXPECT_THROW(image_of(pictures, -1), Error);
}

TEST(ClassOf, KnowsNamesInAnyCaseAndNumbers) {
  const std::vector<std::string> names{"Trouser", "Ankle boot"};
  EXPECT_EQ(class_of(names, "ankle BOOT"), 1);
  EXPECT_EQ(class_of(names, "0"), 0);
  EXPECT_EQ(class_of({"A", "a"}, "a"), 1);
  EXPECT_EQ(class_of({"Class 1", "Class 2"}, "1"), 0);
  for (const char* wrong : {"", "2", "-1", "0x", "boot"})
    EXPECT_THROW(class_of(names, wrong), Error) << wrong;
  EXPECT_THROW(class_of({}, "0"), Error);
}

}  // namespace
}  // namespace stepwise
