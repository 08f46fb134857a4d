// Files, read with a limit and written atomically. Any thread may call these.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace stepwise {

// A file open for reading, asked for the bytes that are needed. Pipes, devices and folders are
// refused: the first two may keep a reader waiting for ever.
class InputFile {
 public:
  explicit InputFile(const std::filesystem::path& path);  // Throws Error if it cannot be read.
  ~InputFile();
  InputFile(InputFile&& other) noexcept;
  InputFile& operator=(InputFile&&) = delete;

  std::string name() const { return path_.string(); }
  std::uint64_t size() const { return size_; }  // Bytes, when it was opened.
  int descriptor() const { return fd_; }        // Of this file, and closed with it.

  // Fills `to` from this byte on. Throws Error if the file ends before.
  void read(std::uint64_t from, std::span<char> to) const;

 private:
  std::filesystem::path path_;
  int fd_ = -1;
  std::uint64_t size_ = 0;
};

// The bytes of a file. Throws Error if it cannot be read or holds more than `limit` bytes.
std::string read_file(const std::filesystem::path& path, std::size_t limit = std::size_t{1} << 32);

// Replaces the file in one move (a temporary file beside it, fsync, rename): whoever looks, and
// whatever kills the program, finds the old bytes or the new ones. Symbolic links stay and what
// they lead to is replaced; the file keeps its permissions and, where that is allowed, its owner.
// Throws Error if it cannot be written; the old file is then as it was.
void write_file(const std::filesystem::path& path, std::string_view bytes);

// The same for a file that must not exist yet. Throws Error if it does.
void write_new_file(const std::filesystem::path& path, std::string_view bytes);

// The file that would be written: where symbolic links lead, the last of which may dangle. Throws
// Error if they lead in a circle.
std::filesystem::path target_of(const std::filesystem::path& path);

// The folder a path lies in; "." where it names none.
std::filesystem::path folder_of(const std::filesystem::path& path);

}  // namespace stepwise
