// What is measured of a model once is kept with it.
#pragma once

#include <filesystem>

namespace stepwise {

// The file that a model of ours keeps its tables in. Throws Error where it has none, or it cannot
// be written.
std::filesystem::path place_of_table(const std::filesystem::path& model);

}  // namespace stepwise
