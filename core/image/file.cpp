#include "image/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "error.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

std::string reason() { return std::strerror(errno); }

}  // namespace

InputFile::InputFile(const fs::path& path)
    : path_(path), fd_(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)) {
  require(fd_ >= 0, "Cannot read '", name(), "': ", reason(), ".");
  struct stat about {};
  if (::fstat(fd_, &about) == 0 && S_ISREG(about.st_mode)) {
    size_ = std::uint64_t(about.st_size);
    return;
  }
  ::close(fd_);
  throw Error(text_of("Cannot read '", name(), "': it is a folder, a pipe or a device. ",
                      "Choose a file."));
}

InputFile::InputFile(InputFile&& other) noexcept
    : path_(std::move(other.path_)), fd_(std::exchange(other.fd_, -1)), size_(other.size_) {}

InputFile::~InputFile() {
  if (fd_ >= 0) ::close(fd_);
}

void InputFile::read(std::uint64_t from, std::span<char> to) const {
  while (!to.empty()) {
    const ssize_t n = ::pread(fd_, to.data(), to.size(), off_t(from));
    if (n < 0 && errno == EINTR) continue;
    require(n >= 0, "Cannot read '", name(), "': ", reason(), ".");
    require(n > 0, "Cannot read '", name(), "': it ends at byte ", from,
            ", before it did when it was opened. Is it being written?");
    from += std::uint64_t(n);
    to = to.subspan(std::size_t(n));
  }
}

std::string read_file(const fs::path& path, std::size_t limit) {
  const InputFile file(path);
  require(file.size() <= limit, "Cannot read '", path.string(), "': it holds ", file.size(),
          " bytes, more than the ", limit, " expected of such a file.");
  std::string bytes(std::size_t(file.size()), '\0');
  file.read(0, bytes);
  return bytes;
}

}  // namespace stepwise
