#include "image/temporary.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>

#include "error.h"
#include "image/file.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMark = ".tmp";
constexpr std::array<std::string_view, 5> kWritten = {".png", ".webp", ".safetensors", ".json",
                                                      ".pictures"};
constexpr std::size_t kNameBytes = 40;  // Of the target's name: any file system holds that.
constexpr int kMaxAtOnce = 1000;        // Files of one name that a process writes at a time.

// The end of a long name, which says what kind of file it is; whole characters of UTF-8.
std::string end_of(std::string name) {
  if (name.size() > kNameBytes) name.erase(0, name.size() - kNameBytes);
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  name.erase(name.begin(), std::find_if(name.begin(), name.end(), begins));
  return name;
}

// The process that writes a temporary file of that name; 0 if it is no name of one.
pid_t writer_of(std::string_view name) {
  const std::size_t mark = name.rfind(kMark);
  if (mark == std::string_view::npos) return 0;
  const std::string_view target = name.substr(0, mark), rest = name.substr(mark + kMark.size());
  if (std::ranges::none_of(kWritten, [&](auto ending) { return target.ends_with(ending); }))
    return 0;
  pid_t process = 0;
  const char* const end = rest.data() + rest.size();
  const auto [at, error] = std::from_chars(rest.data(), end, process);
  return error == std::errc() && (at == end || *at == '-') && process > 0 ? process : 0;
}

bool lives(pid_t process) { return ::kill(process, 0) == 0 || errno != ESRCH; }

// A plain file of our own that no program on any machine holds locked.
bool abandoned(const fs::path& file) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return false;
  struct stat about {};
  const bool ours =
      ::fstat(fd, &about) == 0 && S_ISREG(about.st_mode) && about.st_uid == ::geteuid();
  const bool free = ours && ::flock(fd, LOCK_EX | LOCK_NB) == 0;
  ::close(fd);
  return free;
}

// A rename is only on disk once its folder is. Some file systems cannot say.
bool sync_folder(const fs::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return true;  // A folder that may be written to but not read.
  const bool synced = ::fsync(fd) == 0 || (errno != EIO && errno != ENOSPC && errno != EDQUOT);
  const int why = errno;
  ::close(fd);
  errno = why;
  return synced;
}

}  // namespace

void remove_leftovers(const fs::path& folder) {
  std::error_code failed;
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
    const pid_t writer = writer_of(at->path().filename().native());
    if (writer != 0 && !lives(writer) && abandoned(at->path())) ::unlink(at->path().c_str());
  }
}

Temporary::Temporary(const fs::path& target) : target_(target) {
  const fs::path folder = folder_of(target);
  remove_leftovers(folder);
  const std::string name = text_of(end_of(target.filename().string()), kMark, ::getpid());
  for (int i = 0; i < kMaxAtOnce && fd_ < 0; ++i) {
    path_ = folder / (i == 0 ? name : text_of(name, '-', i));
    fd_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd_ < 0 && errno != EEXIST) break;
  }
  if (fd_ < 0) fail();
  ::flock(fd_, LOCK_EX | LOCK_NB);
}

Temporary::~Temporary() {
  if (!path_.empty()) ::unlink(path_.c_str());
  ::close(fd_);
}

void Temporary::fail() const {
  throw Error(text_of("Cannot write '", target_.string(), "': ", std::strerror(errno), "."));
}

void Temporary::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) fail();
    bytes.remove_prefix(std::size_t(n));
  }
}

void Temporary::write(std::string_view bytes) {
  append(bytes);
  if (::fsync(fd_) != 0) fail();
}

void Temporary::take_after(const fs::path& old, const struct stat& about) {
  const bool owned =
      ::fchown(fd_, about.st_uid, about.st_gid) == 0 || ::fchown(fd_, uid_t(-1), about.st_gid) == 0;
  // What a group might do is no matter of another one.
  if (::fchmod(fd_, about.st_mode & (owned ? 0777 : 0707)) != 0) fail();
  constexpr const char* kList = "system.posix_acl_access";  // Where there is an access list.
  std::array<char, 4096> list;
  const ssize_t size = ::getxattr(old.c_str(), kList, list.data(), list.size());
  if (owned && size > 0) ::fsetxattr(fd_, kList, list.data(), std::size_t(size), 0);
}

void Temporary::move() {
  if (::rename(path_.c_str(), target_.c_str()) != 0) fail();
  moved();
}

bool Temporary::move_to_new() {
  if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, target_.c_str(), RENAME_NOREPLACE) == 0) {
    moved();
    return true;
  }
  if (errno == EEXIST) return false;
  if (errno != EINVAL && errno != ENOSYS) fail();
  // A file system without such a rename: an empty file claims the name first.
  const int claim = ::open(target_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (claim < 0 && errno == EEXIST) return false;
  if (claim < 0) fail();
  ::close(claim);
  move();
  return true;
}

void Temporary::moved() {
  path_.clear();
  if (!sync_folder(folder_of(target_))) fail();
}

}  // namespace stepwise
