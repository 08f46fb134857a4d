// The bytes of a file as they were before somebody packed it with gzip, once, more often or not at
// all: browsers and mirrors do so on their own. Any thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <string>

namespace stepwise {

class UnpackedFile {
 public:
  // Throws Error if the file cannot be read, or is packed more often than anybody would.
  explicit UnpackedFile(const std::filesystem::path& path);

  const std::string& name() const { return name_; }
  int layers() const { return layers_; }  // Of gzip, taken off.

  // How many bytes came; fewer than asked for at the end. Throws Error if what is packed is damaged
  // or cut short.
  std::size_t read(std::span<char> to) { return read_(to); }

 private:
  using Read = std::function<std::size_t(std::span<char>)>;

  std::string name_;
  int layers_ = 0;
  Read read_;
};

// So many of its bytes, or all where there are fewer.
std::string first_bytes(const std::filesystem::path& path, std::size_t count);

}  // namespace stepwise
