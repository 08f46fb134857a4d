#include "image/append.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "error.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

// A plain file, open for as long as this lives.
class GrowingFile {
 public:
  GrowingFile(const fs::path& path, int flags)
      : path_(path),
        fd_(::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | flags, 0666)) {
    if (fd_ < 0) fail();
    struct stat about {};
    if (::fstat(fd_, &about) == 0 && S_ISREG(about.st_mode)) {
      size_ = about.st_size;
      return;
    }
    ::close(fd_);
    throw Error(text_of("Cannot write '", path.string(), "': it is a pipe or a device."));
  }
  ~GrowingFile() { ::close(fd_); }
  GrowingFile(const GrowingFile&) = delete;
  GrowingFile& operator=(const GrowingFile&) = delete;

  void append(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) take_back();
      bytes.remove_prefix(std::size_t(n));
    }
  }
  void cut(off_t size) {
    if (::ftruncate(fd_, size) != 0) fail();
  }

 private:
  [[noreturn]] void fail() const {
    throw Error(text_of("Cannot write '", path_.string(), "': ", std::strerror(errno), "."));
  }
  // What was written of the bytes, before the disk was full.
  [[noreturn]] void take_back() const {
    const int why = errno;
    [[maybe_unused]] const int ignored = ::ftruncate(fd_, size_);
    errno = why;
    fail();
  }

  fs::path path_;
  int fd_ = -1;
  off_t size_ = 0;  // When it was opened.
};

}  // namespace

void append_to_file(const fs::path& path, std::string_view bytes) {
  GrowingFile(path, O_APPEND | O_CREAT).append(bytes);
}

void cut_file(const fs::path& path, std::uint64_t size) { GrowingFile(path, 0).cut(off_t(size)); }

}  // namespace stepwise
