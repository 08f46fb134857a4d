#include "data/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../temporary_folder.h"
#include "data/file_names.h"
#include "error.h"
#include "error_of.h"
#include "idx_files.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string refusal_of_place(const fs::path& place) {
  return error_of([&] { find_data_files(place.string()); });
}

TEST(FileName, TellsPartAndPrefixHoweverAMirrorSpellsIt) {
  const auto says = [](const char* name, const char* prefix, DataRole role) {
    const auto found = data_name_of(name);
    return found && found->prefix == prefix && found->role == role;
  };
  for (const char* name :
       {"train-images-idx3-ubyte", "train-images-idx3-ubyte.gz", "train-images.idx3-ubyte",
        "Train_Images_IDX3_UByte.GZ", "train-images.idx3.ubyte.gz.gz", "train-images.gz",
        "train images idx3 ubyte", "training-images-idx3-float", "train-images-idx4-ubyte"})
    EXPECT_TRUE(says(name, "", DataRole::kTrainImages)) << name;
  for (const char* name : {"t10k-labels-idx1-ubyte", "test-labels.idx1-ubyte.gz", "test-labels"})
    EXPECT_TRUE(says(name, "", DataRole::kTestLabels)) << name;
  EXPECT_TRUE(
      says("emnist-letters-test-images-idx3-ubyte.gz", "emnist-letters", DataRole::kTestImages));
  EXPECT_TRUE(says("qmnist-train-labels-idx2-int.gz", "qmnist", DataRole::kTrainLabels));
  EXPECT_TRUE(says("images-idx3-ubyte", "", DataRole::kTrainImages));
}

TEST(FileName, OfAnythingElseTellsNothing) {
  for (const char* name :
       {"", ".", "train-images.npy", "train-images.zip", "images", "labels.txt", "train.csv",
        "train-images-idx3-ubyte.gz.part", "t10k", "classes.txt", "emnist-letters-mapping.txt"})
    EXPECT_FALSE(data_name_of(name)) << name;
}

TEST(Files, AreFoundUnderDottedNamesAndMixedPacking) {
  const TemporaryFolder folder;
  put(folder / "train-images.idx3-ubyte", idx_images(3));
  put(folder / "train-labels.idx1-ubyte.gz", gzipped(idx_labels({0, 1, 2})));
  const DataFiles files = find_data_files(folder.path().string());
  EXPECT_EQ(files.train_images, folder / "train-images.idx3-ubyte");
  EXPECT_EQ(files.train_labels, folder / "train-labels.idx1-ubyte.gz");
  EXPECT_TRUE(files.test_images.empty());
}

TEST(Files, LieInAFolderBelowAsLibrariesLayThemOut) {
  const TemporaryFolder folder;
  const SmallData digits(folder / "MNIST/raw");
  EXPECT_EQ(find_data_files(folder.path().string()).folder, digits.path);
  const DataFiles files = find_data_files((folder / "MNIST").string());
  EXPECT_EQ(files.folder, digits.path);
  EXPECT_EQ(files.name(), "MNIST");
  const SmallData clothes(folder / "FashionMNIST/raw");
  EXPECT_THAT(refusal_of_place(folder.path()),
              AllOf(HasSubstr("2 data sets"), HasSubstr(clothes.path.string())));
}

TEST(Files, EachInAFolderOfItsOwnNameAreFound) {
  const TemporaryFolder folder;
  for (const char* name : {"train-images-idx3-ubyte", "train-labels-idx1-ubyte"}) {
    fs::create_directory(folder / name);
    put(folder.path() / name / name, "");
  }
  EXPECT_EQ(find_data_files(folder.path().string()).train_labels,
            folder / "train-labels-idx1-ubyte/train-labels-idx1-ubyte");
}

TEST(Files, OfOneOfSeveralSplitsAreNamedByPrefixOrByAFile) {
  const TemporaryFolder folder;
  const SmallData digits(folder.path(), "emnist-digits-");
  EXPECT_EQ(find_data_files(folder.path().string()).name(), "emnist-digits");
  const SmallData letters(folder.path(), "emnist-letters-");
  EXPECT_THAT(refusal_of_place(folder.path()),
              AllOf(HasSubstr((folder / "emnist-digits").string()),
                    HasSubstr((folder / "emnist-letters").string())));
  for (const char* name :
       {"emnist-letters", "EMNIST-Letters", "emnist-letters-t10k-labels-idx1-ubyte"})
    EXPECT_EQ(find_data_files((folder / name).string()).train_images,
              folder / "emnist-letters-train-images-idx3-ubyte")
        << name;
  EXPECT_THAT(refusal_of_place(folder / "emnist-byclass"), HasSubstr("There is no data set"));
  const SmallData plain(folder.path());
  const DataFiles files = find_data_files(folder.path().string());
  EXPECT_EQ(files.prefix, "");
  ASSERT_EQ(files.notes.size(), 1u);
  EXPECT_THAT(files.notes[0], HasSubstr((folder / "emnist-letters").string()));
}

TEST(Files, OfATestSetWithoutItsLabelsAreLeftOutAndTold) {
  const TemporaryFolder folder;
  const SmallData files(folder / "letters");
  files.remove("t10k-labels-idx1-ubyte");
  const DataFiles found = find_data_files(files.path.string());
  EXPECT_TRUE(found.test_images.empty());
  ASSERT_EQ(found.notes.size(), 1u);
  EXPECT_THAT(found.notes[0], HasSubstr("t10k-images-idx3-ubyte"));
}

TEST(Files, ThatAreMissingAreNamed) {
  const TemporaryFolder folder;
  const SmallData files(folder.path(), "emnist-digits-");
  files.remove("emnist-digits-train-images-idx3-ubyte");
  for (const char* name : {"", "emnist-digits-t10k-images-idx3-ubyte"})
    EXPECT_THAT(refusal_of_place(folder / name),
                HasSubstr("emnist-digits-train-images-idx3-ubyte is missing"));
}

TEST(Files, OfOtherKindsAreToldWithWhatToDo) {
  const TemporaryFolder folder;
  EXPECT_THAT(refusal_of_place(folder.path()), HasSubstr("train-images-idx3-ubyte"));
  put(folder / "mnist.csv", "5,0,0");
  EXPECT_THAT(refusal_of_place(folder.path()), HasSubstr("'mnist.csv' is a table: write"));
  put(folder / "0001.png", "\x89PNG");
  EXPECT_EQ(find_data_files(folder.path().string()).kind, DataKind::kPictures);
  EXPECT_THAT(refusal_of_place(folder / "0001.png"), HasSubstr("it is a PNG picture."));
  put(folder / "mnist.npz", "PK\x03\x04");
  EXPECT_THAT(refusal_of_place(folder / "mnist.npz"), HasSubstr("zip archive"));
  put(folder / "notes", "Some words.");
  EXPECT_THAT(refusal_of_place(folder / "notes"), HasSubstr("Cannot open"));
}

TEST(Files, OfAPlaceThatIsNotThereAreRefusedInWholeSentences) {
  EXPECT_THAT(refusal_of_place("~/nosuch"),
              AllOf(HasSubstr("'~/nosuch': there is no such file or folder."),
                    HasSubstr("The ~ is not the home folder"), Not(HasSubstr("looked in"))));
  EXPECT_THAT(refusal_of_place("nosuch"),
              AllOf(HasSubstr("'/usr/share/datasets/nosuch', nor a folder"), Not(HasSubstr("~"))));
}

TEST(Files, InALockedFolderAreRefusedAsSuch) {
  const TemporaryFolder folder;
  const SmallData files(folder / "letters");
  fs::permissions(files.path, fs::perms::none);
  std::error_code error;
  fs::directory_iterator(files.path, error);
  if (error) {  // Not for the administrator.
    EXPECT_THAT(refusal_of_place(files.path), HasSubstr("Permission denied"));
    EXPECT_THAT(refusal_of_place(files.path / "train-images-idx3-ubyte"),
                HasSubstr("Permission denied"));
  }
  fs::permissions(files.path, fs::perms::owner_all);
}

TEST(Files, AreNotSearchedForWithoutEnd) {
  const TemporaryFolder folder;
  fs::create_directory_symlink(folder.path(), folder / "itself");
  EXPECT_THAT(refusal_of_place(folder.path()), HasSubstr("holds no data set"));
  const SmallData deep(folder / "a/b/c/d");
  EXPECT_THAT(refusal_of_place(folder.path()), HasSubstr("holds no data set"));
}

}  // namespace
}  // namespace stepwise
