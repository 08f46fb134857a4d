// What the name of a file says of its part in a data set. Any thread.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace stepwise {

enum class DataRole { kTrainImages, kTrainLabels, kTestImages, kTestLabels };

// As MNIST calls it: "train-images-idx3-ubyte".
const char* name_of(DataRole role);

struct DataName {
  std::string prefix;  // What stands before, in lower case with dashes: "emnist-letters".
  DataRole role;
};

// What a file of this name is; nothing where it is none of a data set. Dots, dashes, blanks and
// underscores are alike, and so are upper and lower case; .gz counts for nothing.
std::optional<DataName> data_name_of(std::string_view file_name);

// The files of a folder, by prefix and role. A plain file comes before a packed one.
using DataGroup = std::map<DataRole, std::filesystem::path>;
std::map<std::string, DataGroup> data_groups_in(const std::filesystem::path& folder,
                                                std::error_code& error);

// It has pictures with labels to train on.
bool is_complete(const DataGroup& group);

// Whether a file of this name should be a picture, of whatever format; hidden files are none.
bool is_picture_name(const std::string& file_name);

std::string lower_extension(const std::filesystem::path& path);  // ".gz" of "A.GZ".

}  // namespace stepwise
