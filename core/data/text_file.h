// Short texts that people or their editors wrote. Any thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace stepwise {

// The lines of a text in UTF-8 or, with a byte order mark, UTF-16, as UTF-8: the mark, spaces at
// either end and empty lines are left out; a line ends as on any system. Throws Error if the file
// cannot be read, is no text, or is longer than such files are.
std::vector<std::string> lines_in(const std::filesystem::path& file);

}  // namespace stepwise
