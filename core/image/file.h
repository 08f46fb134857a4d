// Whole files, read with a limit and written atomically. Any thread may call these.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace stepwise {

// The bytes of a file. Throws Error if it cannot be read or holds more than `limit` bytes.
std::string read_file(const std::filesystem::path& path, std::size_t limit = std::size_t{1} << 32);

// Replaces the file in one move (temporary file beside it, fsync, rename): whoever looks, and
// whatever kills the program, finds the old bytes or the new ones. Throws Error if it cannot be
// written.
void write_file(const std::filesystem::path& path, std::string_view bytes);

// The same for a file that must not exist yet. Throws Error if it does.
void write_new_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace stepwise
