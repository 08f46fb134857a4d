// Files that grow at their end, as logs do. Any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace stepwise {

// Adds bytes to the end of a file, which is made where there is none. Throws Error if it takes not
// all of them; the file is then as it was.
void append_to_file(const std::filesystem::path& path, std::string_view bytes);

// Cuts a file off after so many bytes. Throws Error if that cannot be done.
void cut_file(const std::filesystem::path& path, std::uint64_t size);

}  // namespace stepwise
