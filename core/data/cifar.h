// The binary files of CIFAR-10 and CIFAR-100: records of one or two labels and a picture of 32 x 32
// pixels, first all reds, then all greens, then all blues. Any thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "data/idx.h"

namespace stepwise {

struct CifarFiles {
  std::vector<std::filesystem::path> train;  // data_batch_1.bin to data_batch_5.bin, or train.bin.
  std::filesystem::path test;                // test_batch.bin or test.bin; empty: there is none.
  std::filesystem::path names;  // batches.meta.txt or fine_label_names.txt; empty: there is none.
  int labels = 1;               // Of a record: CIFAR-100 has a coarse one, then the fine one.
};

// Those that lie in the folder. As any program may have a train.bin, the files of CIFAR-100 are
// taken for such only where they are whole records.
std::optional<CifarFiles> cifar_files_in(const std::filesystem::path& folder);

// Which of the five files of CIFAR-10's training pictures are missing; as a rule none: "".
std::string missing_batches(const CifarFiles& files);

// The pictures of these files, one after the other, with their fine labels. Throws Error if one
// cannot be read or holds no whole records.
IdxData read_cifar(const std::vector<std::filesystem::path>& files, int labels);

}  // namespace stepwise
