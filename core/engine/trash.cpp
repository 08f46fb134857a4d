#include "engine/trash.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <string>
#include <string_view>

#include "engine/run_folder.h"
#include "error.h"
#include "image/file.h"
#include "image/temporary.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxOfOneName = 10'000;
constexpr std::size_t kMostInfo = 1 << 16;  // Bytes of a note.

constexpr std::string_view kHex = "0123456789ABCDEF";

// As in a URL; slashes stay.
std::string escaped(const std::string& path) {
  constexpr std::string_view kPlain = "-_.!~*'()/";
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

int value_of_hex(char c) {
  return int(kHex.find(char(std::toupper(static_cast<unsigned char>(c)))));  // -1: none.
}

// The other way round; what is no escape stays as it is.
std::string unescaped(std::string_view words) {
  std::string path;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool escape = words[i] == '%' && i + 2 < words.size();
    const int high = escape ? value_of_hex(words[i + 1]) : -1;
    const int low = escape ? value_of_hex(words[i + 2]) : -1;
    const bool valid = high >= 0 && low >= 0;
    path += valid ? char(high * 16 + low) : words[i];
    if (valid) i += 2;
  }
  return path;
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

// Where it lay, as its note says.
fs::path old_place_in(const fs::path& info) {
  constexpr std::string_view kKey = "\nPath=";
  const std::string note = read_file(info, kMostInfo);
  const std::size_t key = note.find(kKey);
  require(key != note.npos, "'", info.string(), "' does not say where it lay.");
  const std::size_t from = key + kKey.size();
  const fs::path path =
      unescaped(std::string_view(note).substr(from, note.find('\n', from) - from));
  require(path.is_absolute(), "'", info.string(), "' does not say where it lay.");
  return path;
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

fs::path take_from_trash(const fs::path& place) {
  const fs::path trash = data_home() / "Trash";
  require(place.parent_path() == trash / "files", "'", place.string(),
          "' does not lie in the trash, '", trash.string(), "'.");
  std::error_code ignored;
  require(fs::exists(fs::symlink_status(place, ignored)), "'", place.filename().string(),
          "' is not in the trash any more.");
  const fs::path info = trash / "info" / (place.filename().string() + ".trashinfo");
  const fs::path path = old_place_in(info);
  if (!move_to_new(place, path))
    throw Error(text_of(
        "Cannot take '", place.string(), "' back to '", path.string(),
        "': ", errno == EEXIST ? "something else lies there by now" : std::strerror(errno), "."));
  ::unlink(info.c_str());
  return path;
}

}  // namespace stepwise
