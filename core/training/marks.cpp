#include "training/marks.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "error.h"
#include "first_of.h"
#include "formats/layout.h"
#include "training/run_head.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMarksFolder = "marks";
constexpr std::size_t kMostMarkFiles = 1000;  // That are looked into.

TrainingMark mark_in(const fs::path& path) {
  const SafetensorsFile file(path);
  const RunHead head = head_of(file);
  const auto change = file.metadata().find(kMarkKey);
  return {path, head.step, head.seconds, change == file.metadata().end() ? "" : change->second};
}

}  // namespace

fs::path mark_file(const fs::path& folder, std::int64_t step) {
  std::array<char, 40> name;
  std::snprintf(name.data(), name.size(), "step-%06lld.safetensors", static_cast<long long>(step));
  return folder / kMarksFolder / name.data();
}

fs::path run_of_mark(const fs::path& mark) { return mark.parent_path().parent_path(); }

std::vector<TrainingMark> marks_in(const fs::path& folder) {
  std::vector<TrainingMark> marks;
  std::error_code error;
  std::size_t seen = 0;
  for (fs::directory_iterator it(folder / kMarksFolder, error), end;
       !error && it != end && seen < kMostMarkFiles; it.increment(error), ++seen) {
    if (it->path().extension() != ".safetensors") continue;
    try {
      marks.push_back(mark_in(it->path()));
    } catch (const Error&) {  // Whoever asks for it by its name hears why.
    }
  }
  std::ranges::sort(marks, {}, &TrainingMark::step);
  return marks;
}

fs::path mark_at(const fs::path& folder, std::int64_t step) {
  fs::path file = mark_file(folder, step);
  if (is_there(file)) return file;
  const std::vector<TrainingMark> marks = marks_in(folder);
  const std::string others = joined(marks, &TrainingMark::step);
  throw Error(text_of("The run in '", folder.string(), "' has no mark at step ", step, ". ",
                      marks.empty() ? "It has none at all: they are made while it trains."
                                    : "It has marks at these steps: " + others + "."));
}

void thin_marks(std::vector<TrainingMark>& marks) {
  std::vector<TrainingMark*> kept;
  for (TrainingMark& mark : marks)
    if (!mark.file.empty()) kept.push_back(&mark);
  while (kept.size() > kMostMarks) {
    std::size_t closest = 1;
    const auto room = [&](std::size_t i) { return kept[i + 1]->step - kept[i - 1]->step; };
    for (std::size_t i = 2; i + 1 < kept.size(); ++i)
      if (room(i) < room(closest)) closest = i;
    std::error_code ignored;
    fs::remove(kept[closest]->file, ignored);
    kept[closest]->file.clear();
    kept.erase(kept.begin() + std::ptrdiff_t(closest));
  }
}

void inherit_marks(const fs::path& mark, const fs::path& folder) {
  const std::int64_t last = mark_in(mark).step;
  for (const TrainingMark& each : marks_in(run_of_mark(mark))) {
    if (each.step > last) break;
    const fs::path to = mark_file(folder, each.step);
    std::error_code error;
    fs::create_directories(to.parent_path(), error);
    fs::create_hard_link(each.file, to, error);
    if (error) fs::copy_file(each.file, to, error);
    require(!error, "Cannot copy '", each.file.string(), "' to '", to.string(),
            "': ", error.message(), ".");
  }
}

}  // namespace stepwise
