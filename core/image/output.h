// Where work will be written, looked at before the work is done: whoever has drawn pictures for an
// hour shall not then learn that a folder is missing. Any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>

namespace stepwise {

// Throws Error, with what to do, unless a file of that name can be written: its name has one of the
// endings and is not too long, its folder is there and takes files, nothing else lies there, and no
// file either unless it may be replaced; `advice` is what to do then.
void check_output(const std::filesystem::path& file,
                  std::initializer_list<std::string_view> endings, bool replace = false,
                  std::string_view advice = "Choose another name.");

// Throws Error unless the folder can be filled: it is empty, or can be made.
void check_output_folder(const std::filesystem::path& folder);

// Throws Error if fewer bytes are free where the file will be.
void check_space(const std::filesystem::path& file, std::uint64_t bytes);

// Whether both names are those of one file, which need not exist yet.
bool same_file(const std::filesystem::path& a, const std::filesystem::path& b);

// Writes x.png or, where there is such a file, x-2.png, x-3.png, ...: nothing is replaced. The name
// that was free. Throws Error where the folder takes no file.
std::filesystem::path write_numbered(const std::filesystem::path& file, std::string_view bytes);

struct Written {
  std::filesystem::path path;
  std::string note;  // A sentence where that is not the name that was asked for.
};

// Writes what took work to make. Where that fails in spite of all checks, the bytes go to a new
// name beside it, in the current folder or in that of temporary files, the first that takes them.
// Throws Error if none does.
Written write_output(const std::filesystem::path& file, std::string_view bytes,
                     bool replace = false);

}  // namespace stepwise
