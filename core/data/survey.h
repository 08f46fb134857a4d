// Which data sets lie in a folder or below it, and words for a folder that holds none. Any thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "data/file_names.h"

namespace stepwise {

// Files whose names begin alike.
struct Found {
  std::filesystem::path folder;
  std::string prefix;
  DataGroup group;

  // What opens it.
  std::filesystem::path place() const { return prefix.empty() ? folder : folder / prefix; }
};

struct Survey {
  std::vector<Found> whole;                   // Can be opened.
  std::vector<Found> partial;                 // Lack pictures or labels to train on.
  std::vector<std::filesystem::path> cifar;   // Folders with CIFAR's files.
  std::vector<std::filesystem::path> others;  // Some of the files that were seen.

  bool has_pictures() const;  // In files of their own.
};

// Looks into the folder, and as long as nothing is found into those below it, a few levels deep.
// Throws Error if the folder cannot be looked into.
Survey survey_of(const std::filesystem::path& folder);

std::string listed(const std::vector<std::filesystem::path>& places);  // Some of them.
std::string listed(const std::vector<Found>& found);                   // Their places.

// Throw Error saying what is there, what is missing and what to do. The second is for a folder that
// holds neither parts of a data set nor pictures.
[[noreturn]] void refuse_partial(const Found& found);
[[noreturn]] void refuse_empty(const std::filesystem::path& folder, const Survey& survey);

inline constexpr const char* kWantedFiles =
    "A data set is the four IDX files of MNIST: train-images-idx3-ubyte, train-labels-idx1-ubyte, "
    "t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, each plain or .gz; or CIFAR's binary "
    "files; or PNG, JPEG and WebP pictures in a folder for each class.";

}  // namespace stepwise
