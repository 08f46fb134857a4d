#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../temporary_folder.h"
#include "data/dataset.h"
#include "error.h"
#include "error_of.h"
#include "idx_files.h"

namespace stepwise {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Labels = std::vector<std::uint8_t>;

// A data set with these labels in its training and test set.
class ClassNames : public testing::Test {
 protected:
  void labels(const std::vector<int>& train, const std::vector<int>& test) {
    files_.write("train-images-idx3-ubyte", idx_images(std::uint32_t(train.size())));
    files_.write("train-labels-idx1-ubyte", idx_of(0x0c, {std::uint32_t(train.size())}, train));
    files_.write("t10k-images-idx3-ubyte", idx_images(std::uint32_t(test.size())));
    files_.write("t10k-labels-idx1-ubyte", idx_of(0x0c, {std::uint32_t(test.size())}, test));
  }
  Dataset open() { return open_dataset(files_.path.string()); }
  std::string refusal() {
    return error_of([&] { open(); });
  }

  TemporaryFolder folder_;
  SmallData files_{folder_ / "letters"};
};

TEST_F(ClassNames, AreOfAsManyClassesAsThereAreWhateverTheFolderIsCalled) {
  const SmallData files(folder_ / "fashion-products");
  std::vector<int> twenty;
  for (int i = 0; i < 20; ++i) twenty.push_back(i);
  files.write("train-images-idx3-ubyte", idx_images(20));
  files.write("train-labels-idx1-ubyte", idx_labels(twenty));
  const Dataset data = open_dataset(files.path.string());
  EXPECT_EQ(data.class_names.size(), 20u);
  EXPECT_EQ(data.class_names[19], "Class 19");
  EXPECT_THAT(data.notes, IsEmpty());
}

TEST_F(ClassNames, CountFromTheFirstLabelThatThereIs) {
  labels({1, 3, 2}, {3, 1});
  const Dataset data = open();
  EXPECT_THAT(data.class_names, ElementsAre("Class 1", "Class 2", "Class 3"));
  EXPECT_EQ(data.train.labels, (Labels{0, 2, 1}));
  EXPECT_EQ(data.test.labels, (Labels{2, 0}));
  EXPECT_THAT(data.notes, ElementsAre(HasSubstr("3 numbers from 1 to 3: each")));
  EXPECT_EQ(class_of(data.class_names, "3"), 2);  // The class of label 3.
}

TEST_F(ClassNames, LeaveNoGapsWhereLabelsDo) {
  labels({-7, 1000, 4}, {4});
  const Dataset data = open();
  EXPECT_THAT(data.class_names, ElementsAre("Class -7", "Class 4", "Class 1000"));
  EXPECT_EQ(data.train.labels, (Labels{0, 2, 1}));
  EXPECT_THAT(data.notes, ElementsAre(HasSubstr("from -7 to 1000 with gaps")));
}

TEST_F(ClassNames, ComeWithoutTheByteOrderMarkOfTheirList) {
  files_.write("classes.txt", "\xef\xbb\xbfnull\r\nein\r\nzwei\r\n");
  EXPECT_EQ(open().class_names[0], "null");
}

TEST_F(ClassNames, AreReadFromUtf16WithItsMark) {
  const auto expected = ElementsAre("A", "\xc3\xa9", "\xf0\x9f\x98\x80");
  std::string text(
      "\xff\xfe"
      "A\0\r\0\n\0\xe9\0\n\0\x3d\xd8\x00\xde",
      16);
  files_.write("classes.txt", text);
  EXPECT_THAT(open().class_names, expected);
  for (std::size_t i = 0; i < text.size(); i += 2) std::swap(text[i], text[i + 1]);
  files_.write("classes.txt", text);
  EXPECT_THAT(open().class_names, expected);
}

TEST_F(ClassNames, ThatAreNoTextAreRefused) {
  for (const char* wrong :
       {"Caf\xe9\nb\nc", "\xc3", "a\xc0\x80", "\xed\xa0\x80", "\xf5\x80\x80\x80"}) {
    files_.write("classes.txt", wrong);
    EXPECT_THAT(refusal(), AllOf(HasSubstr("classes.txt"), HasSubstr("UTF-8"))) << wrong;
  }
  files_.write("classes.txt", std::string("a\0b\0", 4));
  EXPECT_THAT(refusal(), HasSubstr("its byte 1 is not"));
}

TEST_F(ClassNames, MayBeMoreThanTheLabelsWhichIsTold) {
  files_.write("classes.txt", "a\nb\nc\nd\ne");
  const Dataset data = open();
  EXPECT_EQ(data.class_names.size(), 5u);
  EXPECT_THAT(data.notes, Contains(HasSubstr("no pictures: 'd', 'e'.")));
}

TEST_F(ClassNames, OfAListBelongToLabelsThatCountFromOneToo) {
  labels({1, 2, 3}, {3});
  files_.write("classes.txt", "a\nb\nc");
  const Dataset data = open();
  EXPECT_THAT(data.class_names, ElementsAre("a", "b", "c"));
  EXPECT_EQ(data.train.labels, (Labels{0, 1, 2}));
}

TEST_F(ClassNames, ComeFromTheListBesideEmnistsFiles) {
  const SmallData files(folder_ / "emnist", "emnist-letters-");
  files.write("emnist-letters-train-labels-idx1-ubyte", idx_labels({1, 2, 3}));
  files.write("emnist-letters-mapping.txt", "1 65 97\r\n2 66 98\r\n");
  EXPECT_THAT(open_dataset(files.path.string()).class_names,
              ElementsAre("Class 0", "A", "B", "Class 3"));
  files.write("emnist-letters-mapping.txt", "1 A");
  EXPECT_THROW(open_dataset(files.path.string()), Error);
}

TEST_F(ClassNames, OfMoreThan256ClassesAreRefused) {
  std::vector<int> many;
  for (int i = 0; i < 257; ++i) many.push_back(i);
  labels(many, {0});
  EXPECT_THAT(refusal(), HasSubstr("has 257 classes; at most 256"));
  many.pop_back();
  labels(many, {0});
  EXPECT_EQ(open().class_names.size(), 256u);
}

TEST_F(ClassNames, OfLabelsThatAreNoWholeNumbersAreRefused) {
  files_.write("train-labels-idx1-ubyte", idx_of<float>(0x0d, {3}, {0, 0.5f, 1}));
  EXPECT_THAT(refusal(), HasSubstr("label 1 is 0.5"));
  files_.write("train-labels-idx1-ubyte", idx_of<double>(0x0e, {3}, {0, 2, 1}));
  EXPECT_EQ(open().train.labels, (Labels{0, 2, 1}));
}

}  // namespace
}  // namespace stepwise
