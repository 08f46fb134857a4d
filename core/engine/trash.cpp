#include "engine/trash.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <string>
#include <string_view>

#include "engine/run_folder.h"
#include "error.h"
#include "image/temporary.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxOfOneName = 10'000;

// As in a URL; slashes stay.
std::string escaped(const std::string& path) {
  constexpr std::string_view kPlain = "-_.!~*'()/", kHex = "0123456789ABCDEF";
  std::string words;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || kPlain.find(c) != std::string_view::npos)
      words += c;
    else
      words += {'%', kHex[byte >> 4], kHex[byte & 15]};
  }
  return words;
}

// Where it lay, and when it went, in the user's own time.
std::string info_on(const fs::path& path) {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  ::localtime_r(&now, &local);
  std::array<char, 32> date{};
  std::strftime(date.data(), date.size(), "%Y-%m-%dT%H:%M:%S", &local);
  return text_of("[Trash Info]\nPath=", escaped(path.string()), "\nDeletionDate=", date.data(),
                 "\n");
}

// The user's own: nobody else looks into it.
void make_private_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder.parent_path(), error);
  if (::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) return;
  throw Error(text_of("There is no trash: '", folder.string(),
                      "' cannot be made: ", std::strerror(errno), "."));
}

// False, and errno says why, if it cannot be done or something has that name.
bool move_to_new(const fs::path& from, const fs::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
  if (errno != EINVAL && errno != ENOSYS) return false;
  // A file system without such a rename.
  struct stat there {};
  if (::lstat(to.c_str(), &there) == 0) return errno = EEXIST, false;
  return ::rename(from.c_str(), to.c_str()) == 0;
}

[[noreturn]] void refuse(const fs::path& path, const fs::path& trash, int why) {
  const std::string other_disk = text_of("it lies on another disk than the trash, '",
                                         trash.string(), "'. Discard it with a file manager.");
  throw Error(text_of("Cannot move '", path.string(), "' to the trash: ",
                      why == EXDEV ? other_disk : text_of(std::strerror(why), ".")));
}

// "run/" and "run" are the same folder.
fs::path whole(const fs::path& path) {
  const fs::path normal = fs::absolute(path).lexically_normal();
  return normal.has_filename() ? normal : normal.parent_path();
}

}  // namespace

fs::path move_to_trash(const fs::path& given) {
  const fs::path path = whole(given), home = data_home();
  require(path.has_filename(), "'", given.string(), "' cannot be moved to the trash.");
  require(!home.empty(), "There is no trash: neither HOME nor XDG_DATA_HOME is set.");
  const fs::path trash = home / "Trash";
  for (const fs::path& folder : {trash, trash / "info", trash / "files"})
    make_private_folder(folder);
  for (int i = 1; i <= kMaxOfOneName; ++i) {
    const std::string name =
        i == 1 ? path.filename().string() : text_of(path.filename().string(), '.', i);
    const fs::path info = trash / "info" / (name + ".trashinfo"), place = trash / "files" / name;
    Temporary file(info);  // The note first: it claims the name.
    file.write(info_on(path));
    if (!file.move_to_new()) continue;
    if (move_to_new(path, place)) return place;
    const int why = errno;
    ::unlink(info.c_str());
    if (why != EEXIST) refuse(path, trash, why);
  }
  refuse(path, trash, EEXIST);
}

}  // namespace stepwise
