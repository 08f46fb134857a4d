// Bytes that everybody may read and nobody changes: copies share them. They lie in memory, or in a
// file that is mapped: a page of that comes from the disk when it is first looked at, makes room
// when memory is short, and is in memory once for all processes that map the file. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace stepwise {

class SharedBytes {
 public:
  SharedBytes() = default;
  SharedBytes(std::vector<std::uint8_t> bytes);

  // These bytes of a file. Throws Error if it cannot be read or ends before. Whoever maps a file
  // knows that it stays as it is: the program ends where it reads pages that have been cut off.
  static SharedBytes mapped(const std::filesystem::path& file, std::uint64_t from,
                            std::uint64_t size);

  const std::uint8_t* data() const { return bytes_.data(); }
  std::size_t size() const { return bytes_.size(); }
  bool empty() const { return bytes_.empty(); }
  const std::uint8_t* begin() const { return data(); }
  const std::uint8_t* end() const { return data() + size(); }
  std::uint8_t operator[](std::size_t i) const { return bytes_[i]; }

  std::string_view text() const { return {reinterpret_cast<const char*>(data()), size()}; }
  SharedBytes part(std::size_t from, std::size_t size) const;  // Shared as well.
  std::vector<std::uint8_t> copy() const { return {begin(), end()}; }

  // What keeps them where they are, for those who hold on to data().
  const std::shared_ptr<const void>& owner() const { return owner_; }

  friend bool operator==(const SharedBytes& a, const SharedBytes& b) {
    return a.text() == b.text();
  }

 private:
  SharedBytes(std::shared_ptr<const void> owner, std::span<const std::uint8_t> bytes)
      : owner_(std::move(owner)), bytes_(bytes) {}

  std::shared_ptr<const void> owner_;
  std::span<const std::uint8_t> bytes_;
};

}  // namespace stepwise
