// Where the files of a data set lie, whatever a mirror, an archive or a library calls them:
// train-images-idx3-ubyte, train-images.idx3-ubyte.gz, emnist-letters-train-images-idx3-ubyte, in
// the folder itself or in one below, such as MNIST/raw; else CIFAR's, see cifar.h; else pictures in
// files of their own, see picture_list.h. Any thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "data/cifar.h"

namespace stepwise {

enum class DataKind { kIdx, kCifar, kPictures };

struct DataFiles {
  DataKind kind = DataKind::kIdx;
  std::filesystem::path root;    // The folder that was named,
  std::filesystem::path folder;  //   and the one they lie in.
  std::string prefix;            // What their names begin with, as "emnist-letters"; often empty.
  std::filesystem::path train_images, train_labels;
  std::filesystem::path test_images, test_labels;  // Both empty: there is no test set.
  CifarFiles cifar;                                // Where they are of that kind.
  std::vector<std::string> notes;                  // What was passed over, a sentence each.
  bool by_name = false;  // Found in one of the places for data sets, not by a path.

  std::string name() const;  // "emnist-letters", or the folder's.
};

// `place` is a name (see dataset.h), a folder, a folder and the beginning of file names
// (EMNIST/emnist-letters), or one of the files. Throws Error saying what is there and what to do.
DataFiles find_data_files(const std::string& place);

}  // namespace stepwise
