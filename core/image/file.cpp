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

// A file descriptor that closes itself, so that an Error leaves nothing open.
struct Descriptor {
  int fd;
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
};

std::string reason() { return std::strerror(errno); }

void write_all(int fd, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    require(n > 0, "Cannot write '", path.string(), "': ", reason(), ".");
    bytes.remove_prefix(std::size_t(n));
  }
}

// A rename is only on disk once its folder is.
void sync_folder(const fs::path& folder) {
  const Descriptor d{::open(folder.c_str(), O_RDONLY | O_DIRECTORY)};
  if (d.fd >= 0) ::fsync(d.fd);
}

fs::path write_temporary(const fs::path& path, std::string_view bytes) {
  const fs::path temporary = path.string() + ".tmp" + std::to_string(::getpid());
  const Descriptor d{::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)};
  require(d.fd >= 0, "Cannot write '", path.string(), "': ", reason(), ".");
  try {
    write_all(d.fd, bytes, path);
    require(::fsync(d.fd) == 0, "Cannot write '", path.string(), "' to disk: ", reason(), ".");
  } catch (...) {
    ::unlink(temporary.c_str());
    throw;
  }
  return temporary;
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : ".";
}

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

void write_file(const fs::path& path, std::string_view bytes) {
  const fs::path temporary = write_temporary(path, bytes);
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    const std::string why = reason();
    ::unlink(temporary.c_str());
    throw Error(text_of("Cannot write '", path.string(), "': ", why, "."));
  }
  sync_folder(folder_of(path));
}

void write_new_file(const fs::path& path, std::string_view bytes) {
  const fs::path temporary = write_temporary(path, bytes);
  const bool linked =
      ::link(temporary.c_str(), path.c_str()) == 0;  // Unlike rename, fails if it exists.
  const std::string why = linked ? "" : reason();
  ::unlink(temporary.c_str());
  require(linked, "Cannot write '", path.string(), "': ", why, ".");
  sync_folder(folder_of(path));
}

}  // namespace stepwise
