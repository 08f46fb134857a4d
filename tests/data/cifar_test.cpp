#include "data/cifar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../temporary_folder.h"
#include "data/dataset.h"
#include "error.h"
#include "error_of.h"
#include "idx_files.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Bytes = std::vector<std::uint8_t>;

// A record whose first pixel is red, green, blue = 1, 2, 3, and whose others are `fill`.
std::string record(const std::string& labels, char fill = 9) {
  std::string planes(3 * 1024, fill);
  for (int c = 0; c < 3; ++c) planes[std::size_t(c) * 1024] = char(c + 1);
  return labels + planes;
}
std::string record(int label, char fill = 9) { return record(std::string(1, char(label)), fill); }

void put_ten_classes(const fs::path& folder) {
  fs::create_directories(folder);
  for (int i = 1; i <= 5; ++i)
    put(folder / text_of("data_batch_", i, ".bin"), record(i) + record(0, char(i)));
  put(folder / "test_batch.bin", record(6));
  put(folder / "batches.meta.txt", "a\nb\nc\nd\ne\nf\ng\n\n");
}

TEST(Cifar, OfTenClassesIsReadBatchByBatch) {
  const TemporaryFolder folder;
  put_ten_classes(folder / "cifar-10-batches-bin");
  const Dataset data = open_dataset(folder.path().string());
  EXPECT_EQ(data.name, "cifar-10-batches-bin");
  EXPECT_EQ(data.train.labels, (Bytes{1, 0, 2, 0, 3, 0, 4, 0, 5, 0}));
  EXPECT_EQ(data.test.labels, (Bytes{6}));
  EXPECT_THAT(data.class_names, ElementsAre("a", "b", "c", "d", "e", "f", "g"));
  const ByteImage second = data.train.image(1);
  EXPECT_EQ(second.at(0, 0, 0), 1);
  EXPECT_EQ(second.at(0, 0, 2), 3);
  EXPECT_EQ(second.at(31, 31, 1), 1);
  EXPECT_EQ(data.train.image(9).at(0, 1, 0), 5);
  EXPECT_THAT(data.notes, IsEmpty());
}

TEST(Cifar, OfAHundredClassesHasItsFineLabels) {
  const TemporaryFolder folder;
  put(folder / "train.bin", record("\x07\x01") + record(std::string("\x03\0", 2)));
  put(folder / "test.bin", record("\x07\x01"));
  put(folder / "fine_label_names.txt", "apple\nbear\n");
  const Dataset data = open_dataset(folder.path().string());
  EXPECT_THAT(data.class_names, ElementsAre("apple", "bear"));
  EXPECT_EQ(data.train.labels, (Bytes{1, 0}));
  EXPECT_EQ(data.train.image(1).at(0, 0, 1), 2);
}

TEST(Cifar, ABatchThatIsMissingIsTold) {
  const TemporaryFolder folder;
  put_ten_classes(folder.path());
  fs::remove(folder / "data_batch_3.bin");
  fs::remove(folder / "test_batch.bin");
  const Dataset data = open_dataset(folder.path().string());
  EXPECT_EQ(data.train.count + data.test.count, 8);
  EXPECT_THAT(data.notes, Contains(AllOf(HasSubstr("are missing"), HasSubstr("data_batch_3.bin"))));
  EXPECT_THAT(data.notes, Contains(HasSubstr("1 of the 8 training pictures")));
}

TEST(Cifar, IsOpenedByOneOfItsFiles) {
  const TemporaryFolder folder;
  put_ten_classes(folder.path());
  EXPECT_EQ(open_dataset((folder / "test_batch.bin").string()).train.count, 10);
}

TEST(Cifar, AFileOfBrokenRecordsIsRefusedByItsName) {
  const TemporaryFolder folder;
  put_ten_classes(folder.path());
  for (const std::string& wrong : {std::string(), record(1).substr(1), record(1) + "x"}) {
    put(folder / "data_batch_2.bin", wrong);
    EXPECT_THAT(error_of([&] { open_dataset(folder.path().string()); }),
                AllOf(HasSubstr("data_batch_2.bin"), HasSubstr("records of 3073 bytes")));
  }
}

TEST(Cifar, AFileOfAnotherProgramIsNotTakenForIt) {
  const TemporaryFolder folder;
  put(folder / "train.bin", std::string(3073, 'x'));
  EXPECT_THAT(error_of([&] { open_dataset(folder.path().string()); }),
              HasSubstr("holds no data set"));
}

TEST(Cifar, IsNotResized) {
  const TemporaryFolder folder;
  put_ten_classes(folder.path());
  DataSource source{folder.path().string()};
  source.size = 16;
  EXPECT_THAT(error_of([&] { open_dataset(source); }), HasSubstr("Leave out --size"));
}

}  // namespace
}  // namespace stepwise
