#include "image/output.h"

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>

#include "error.h"
#include "first_of.h"
#include "image/file.h"
#include "image/temporary.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxNames = 100;  // x.png, x-2.png, ... that are tried in a folder.

[[noreturn]] void refuse(const fs::path& path, std::string_view why) {
  throw Error(text_of("Cannot write '", path.string(), "': ", why));
}

// What lies there, symbolic links followed; nothing if nothing does. Throws Error where that cannot
// be told, as behind a folder that may not be entered.
std::optional<struct stat> look_at(const fs::path& path, const fs::path& output) {
  struct stat about {};
  if (::stat(path.c_str(), &about) == 0) return about;
  if (errno == ENOENT) return std::nullopt;
  if (errno == ENAMETOOLONG) refuse(output, "the name is too long. Choose a shorter one.");
  if (errno == ENOTDIR)
    refuse(output, "part of the path is a file, not a folder. Choose another folder.");
  refuse(output, text_of(std::strerror(errno), "."));
}

void check_ending(const fs::path& file, std::initializer_list<std::string_view> endings) {
  for (const std::string_view ending : endings)
    if (file.extension() == ending) return;
  refuse(file, text_of("choose a name that ends in ", joined(endings, {}, " or "), "."));
}

// The nearest folder above that exists.
fs::path ground_of(fs::path folder, const fs::path& output) {
  while (!look_at(folder, output)) folder = folder_of(folder);
  return folder;
}

// Rounded up.
std::string amount(std::uint64_t bytes) {
  return bytes < 1 << 20 ? text_of((bytes >> 10) + 1, " kB") : text_of((bytes >> 20) + 1, " MB");
}

// Writes x.png, x-2.png, x-3.png, ... : the first of these names that is free. Nothing where the
// folder takes no file.
std::optional<fs::path> write_beside(const fs::path& file, std::string_view bytes) {
  for (int i = 1; i <= kMaxNames; ++i) {
    fs::path name = file;
    if (i > 1)
      name.replace_filename(text_of(file.stem().string(), '-', i, file.extension().string()));
    std::error_code unknown;
    if (fs::exists(fs::symlink_status(name, unknown))) continue;
    try {
      write_new_file(name, bytes);
      return name;
    } catch (const Error&) {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace

void check_output(const fs::path& file, std::initializer_list<std::string_view> endings,
                  bool replace, std::string_view advice) {
  check_ending(file, endings);
  const fs::path target = target_of(file), folder = folder_of(target);
  const auto there = look_at(target, file);
  require(look_at(folder, file).has_value(), "Cannot write '", file.string(),
          "': there is no folder '", folder.string(), "'. Make it first: mkdir -p '",
          folder.string(), "'");
  if (there && !S_ISREG(there->st_mode))
    refuse(file, "a folder, a pipe or a device has that name. Choose another one.");
  require(!there || replace, "'", file.string(), "' exists. ", advice);
  const Temporary trial(target);
}

void check_output_folder(const fs::path& folder) {
  const auto there = look_at(folder, folder);
  if (there && !S_ISDIR(there->st_mode))
    refuse(folder, "it is a file. Choose a name for a new folder.");
  std::error_code error;
  const bool empty = !there || fs::is_empty(folder, error);
  require(empty && !error, "The folder '", folder.string(),
          error ? "' cannot be read: " + error.message() + "."
                : "' is not empty. Choose another name.");
  const fs::path ground = ground_of(folder, folder);
  if (::access(ground.c_str(), W_OK | X_OK) != 0)
    refuse(folder,
           text_of("no file can be made in '", ground.string(), "': ", std::strerror(errno), "."));
}

void check_space(const fs::path& file, std::uint64_t bytes) {
  struct statvfs disk {};
  if (::statvfs(folder_of(target_of(file)).c_str(), &disk) != 0) return;
  const std::uint64_t free = std::uint64_t(disk.f_bavail) * disk.f_frsize;
  require(bytes <= free, "Cannot write '", file.string(), "': it takes ", amount(bytes),
          ", but less than ", amount(free),
          " are free there. Make room, choose another folder, or ask for less.");
}

bool same_file(const fs::path& a, const fs::path& b) {
  std::error_code no_a, no_b;
  const fs::path in_a = target_of(a), in_b = target_of(b);
  return in_a.filename() == in_b.filename() &&
         fs::weakly_canonical(folder_of(in_a), no_a) ==
             fs::weakly_canonical(folder_of(in_b), no_b) &&
         !no_a && !no_b;
}

fs::path write_numbered(const fs::path& file, std::string_view bytes) {
  if (const auto written = write_beside(file, bytes)) return *written;
  write_new_file(file, bytes);  // Says why not.
  return file;
}

Written write_output(const fs::path& file, std::string_view bytes, bool replace) {
  std::string why;
  try {
    replace ? write_file(file, bytes) : write_new_file(target_of(file), bytes);
    return {file, ""};
  } catch (const Error& error) {
    why = error.what();
  }
  const fs::path name = file.filename();
  std::error_code none;
  for (const fs::path& other : {file, name, fs::temp_directory_path(none) / name})
    if (const auto written = write_beside(other, bytes))
      return {*written, text_of(why, " Wrote '", written->string(), "' instead.")};
  throw Error(why);
}

}  // namespace stepwise
