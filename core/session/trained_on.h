// Files of small networks, found by the pictures that they were trained on. Any thread.
#pragma once

#include <filesystem>
#include <vector>

#include "settings/record.h"

namespace stepwise {

// The first in these folders that was trained on these pictures, whatever its name; empty where
// there is none. `data_of` says what a file was trained on, and throws Error for other files.
std::filesystem::path trained_on(const DataRecord& data,
                                 const std::vector<std::filesystem::path>& folders,
                                 DataRecord (*data_of)(const std::filesystem::path&));

// Where in this folder, which is made, such a file is found again. Throws Error.
std::filesystem::path place_for(const std::filesystem::path& folder, const DataRecord& data);

}  // namespace stepwise
