#include <sys/stat.h>

#include "error.h"
#include "image/file.h"
#include "image/temporary.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxLinks = 40;  // As many as Linux follows.

}  // namespace

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : ".";
}

fs::path target_of(const fs::path& path) {
  fs::path target = path;
  for (int i = 0; i < kMaxLinks; ++i) {
    std::error_code no_link;
    const fs::path next = fs::read_symlink(target, no_link);
    if (no_link) return target;
    target = folder_of(target) / next;
  }
  throw Error(text_of("Cannot write '", path.string(),
                      "': its symbolic links lead in a circle. Remove them, or choose another "
                      "name."));
}

void write_file(const fs::path& path, std::string_view bytes) {
  const fs::path target = target_of(path);
  struct stat old {};
  const bool exists = ::stat(target.c_str(), &old) == 0;
  require(!exists || S_ISREG(old.st_mode), "Cannot write '", path.string(),
          "': a folder, a pipe or a device has that name. Choose another one.");
  Temporary file(target);
  file.write(bytes);
  if (exists) file.take_after(target, old);
  file.move();
}

void write_new_file(const fs::path& path, std::string_view bytes) {
  Temporary file(path);
  file.write(bytes);
  require(file.move_to_new(), "Cannot write '", path.string(),
          "': it exists already. Choose another name.");
}

}  // namespace stepwise
