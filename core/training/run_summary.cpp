#include "training/run_summary.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <utility>

#include "error.h"
#include "formats/layout.h"
#include "training/run_head.h"
#include "training/schedule.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxRuns = 200;
constexpr std::size_t kMaxFolders = 10'000;      // That are looked into.
constexpr std::uint64_t kLargestHead = 1 << 22;  // Of a run's file: ours have some 100 kB.

// Sooner or later somebody's disk holds a file that would take a second to be refused.
void check_head(const fs::path& path) {
  std::uint64_t length = 0;
  char bytes[sizeof length];
  const InputFile file(path);
  if (file.size() < sizeof bytes) return;  // Refused by the reader.
  file.read(0, bytes);
  std::memcpy(&length, bytes, sizeof bytes);
  require(length <= kLargestHead, "'", path.string(), "' is not the file of a run: it begins with ",
          length, " bytes of description.");
}

// The last row of the table of held-out losses: step, train, held-out, bins.
float score_in(const SafetensorsFile& file) {
  const float none = std::numeric_limits<float>::quiet_NaN();
  const auto found = file.tensors().find("history.held_out");
  if (found == file.tensors().end()) return none;
  TensorSlice last = found->second;
  if (last.dtype != DType::kF64 || last.shape.size() != 2 || last.shape[0] < 1 || last.shape[1] < 3)
    return none;
  double row[3];
  last.begin += last.size - last.size / std::uint64_t(last.shape[0]);
  last.size = sizeof row;
  file.read(last, reinterpret_cast<char*>(row));
  return float(row[2]);
}

std::int64_t saved_at(const fs::path& file) {
  std::error_code ignored;
  const auto time = fs::last_write_time(file, ignored);
  if (ignored) return 0;
  const auto system = std::chrono::file_clock::to_sys(time);
  return std::chrono::duration_cast<std::chrono::seconds>(system.time_since_epoch()).count();
}

// Also where one may not look: what is wrong with it is told then, and ends no list.
bool may_be_there(const fs::path& path) {
  std::error_code ignored;
  return fs::status(path, ignored).type() != fs::file_type::not_found;
}

void read_into(RunSummary& run) {
  const fs::path path = run.folder / kTrainingFile;
  require(is_there(path), "It has no ", kTrainingFile, ": a model, but no run.");
  check_head(path);
  const SafetensorsFile file(path);
  const RunHead head = head_of(file);
  run.recipe = head.recipe.name;
  run.data = head.data.name;
  run.budget = head.recipe.budget;
  run.step = head.step;
  run.seconds = head.seconds;
  run.finished = fraction_spent(run.budget, run.seconds, run.step) >= 1;
  run.score = score_in(file);
}

}  // namespace

RunSummary summary_of(const fs::path& folder) {
  RunSummary run;
  run.folder = folder;
  run.saved = saved_at(folder / kTrainingFile);
  try {
    read_into(run);
  } catch (const std::exception& e) {
    run.damage = e.what();
  }
  return run;
}

std::vector<fs::path> run_folders(const fs::path& folder) {
  std::vector<std::pair<std::int64_t, fs::path>> found;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (found.size() >= kMaxFolders) break;
    const fs::path& path = it->path();
    const bool run = may_be_there(path / kTrainingFile);
    if (run || may_be_there(path / kInfo))
      found.emplace_back(saved_at(path / (run ? kTrainingFile : kInfo)), path);
  }
  std::ranges::sort(found, std::greater{});
  std::vector<fs::path> folders;
  for (auto& [time, path] : found)
    if (folders.size() < kMaxRuns) folders.push_back(std::move(path));
  return folders;
}

}  // namespace stepwise
