#include "image/shared_bytes.h"

#include <sys/mman.h>
#include <unistd.h>

#include <utility>

#include "error.h"
#include "image/file.h"

namespace stepwise {

SharedBytes::SharedBytes(std::vector<std::uint8_t> bytes) {
  auto held = std::make_shared<const std::vector<std::uint8_t>>(std::move(bytes));
  bytes_ = *held;
  owner_ = std::move(held);
}

SharedBytes SharedBytes::mapped(const std::filesystem::path& path, std::uint64_t from,
                                std::uint64_t size) {
  const InputFile file(path);
  require(from <= file.size() && size <= file.size() - from, "Cannot read '", file.name(),
          "': it ends at byte ", file.size(), ", but ", size, " were expected behind byte ", from,
          ".");
  if (size == 0) return {};
  // Mappings begin at pages.
  const std::uint64_t before = from % std::uint64_t(::sysconf(_SC_PAGESIZE));
  const std::size_t length = std::size_t(before + size);
  void* const start =
      ::mmap(nullptr, length, PROT_READ, MAP_SHARED, file.descriptor(), off_t(from - before));
  require(start != MAP_FAILED, "Cannot read '", file.name(), "': it cannot be mapped into memory.");
  std::shared_ptr<const void> owner(
      start, [length](const void* pages) { ::munmap(const_cast<void*>(pages), length); });
  return {std::move(owner), {static_cast<const std::uint8_t*>(start) + before, std::size_t(size)}};
}

SharedBytes SharedBytes::part(std::size_t from, std::size_t size) const {
  return {owner_, bytes_.subspan(from, size)};
}

}  // namespace stepwise
