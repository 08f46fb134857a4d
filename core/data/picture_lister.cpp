#include <sys/stat.h>

#include "data/file_names.h"
#include "data/picture_list.h"
#include "error.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr int kDeepest = 4;  // Folders below the root.
constexpr std::size_t kMostFiles = 10'000'000;

std::int64_t nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

PictureLister::PictureLister(const fs::path& root) : root_(root) { look_at("", 0); }

bool PictureLister::step() {
  if (waiting_.empty()) return false;
  const auto [folder, depth] = waiting_.front();
  waiting_.pop_front();
  std::error_code error;
  for (fs::directory_iterator at(root_ / folder, error), end; !error && at != end;
       at.increment(error)) {
    const std::string name = at->path().filename().string();
    std::error_code ignored;
    if (name.starts_with('.')) continue;
    if (at->is_directory(ignored) || is_picture_name(name))
      look_at(folder.empty() ? name : folder + '/' + name, depth + 1);
  }
  if (error) pass_over(folder, error.message());
  return !waiting_.empty();
}

// What is gone again, or leads nowhere, is kept as an empty file: reading it says why.
void PictureLister::look_at(const std::string& path, int depth) {
  struct stat about {};
  if (::stat((root_ / path).c_str(), &about) != 0 || !S_ISDIR(about.st_mode)) {
    require(seen_.files.size() < kMostFiles, "The folder '", root_.string(), "' holds more than ",
            kMostFiles, " pictures.");
    seen_.files.push_back({path, std::uint64_t(about.st_size), nanoseconds(about.st_ctim)});
  } else if (depth > kDeepest) {
    pass_over(path, text_of("it lies more than ", kDeepest, " folders deep"));
  } else if (!known_.emplace(about.st_dev, about.st_ino).second) {
    pass_over(path, "it leads to a folder that was looked into already");
  } else {
    if (!path.empty()) seen_.folders.push_back(path);
    waiting_.push_back({path, depth});
  }
}

void PictureLister::pass_over(const std::string& path, const std::string& why) {
  constexpr std::size_t kMostNotes = 20;
  if (seen_.notes.size() < kMostNotes)
    seen_.notes.push_back(
        text_of("The folder '", (root_ / path).string(), "' was passed over: ", why, "."));
}

}  // namespace stepwise
