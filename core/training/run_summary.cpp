#include "training/run_summary.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstring>
#include <utility>

#include "error.h"
#include "formats/layout.h"
#include "formats/unet_arithmetic.h"
#include "image/file.h"
#include "settings/schedule.h"
#include "training/run_gallery.h"
#include "training/run_head.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxRuns = 200;
constexpr std::size_t kMaxFolders = 10'000;      // That are looked into.
constexpr std::uint64_t kLargestHead = 1 << 22;  // Of a run's file: ours have some 100 kB.

constexpr std::size_t kLargestConfig = 1 << 20;
constexpr std::uint64_t kMaxShownRows = 100;          // Of a table.
constexpr std::uint64_t kMaxListedGallery = 1 << 18;  // Bytes of pictures, of each run in a list.

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

// A table of numbers that the run's history keeps, with at least so many columns; nullptr where
// there is none.
const TensorSlice* table_in(const SafetensorsFile& file, const char* name, std::int64_t columns) {
  const auto found = file.tensors().find(name);
  if (found == file.tensors().end()) return nullptr;
  const TensorSlice& table = found->second;
  const bool fits = table.dtype == DType::kF64 && table.shape.size() == 2 && table.shape[0] >= 1 &&
                    table.shape[1] >= columns;
  return fits ? &table : nullptr;
}

// The first numbers of a row.
template <std::size_t N>
std::array<double, N> numbers_of(const SafetensorsFile& file, const TensorSlice& table,
                                 std::uint64_t row) {
  std::array<double, N> numbers{};
  TensorSlice place = table;
  place.begin += row * (table.size / std::uint64_t(table.shape[0]));
  place.size = sizeof numbers;
  file.read(place, reinterpret_cast<char*>(numbers.data()));
  return numbers;
}

// Those that a small curve shows; the first and the last are among them.
std::vector<std::uint64_t> shown_rows(const TensorSlice& table) {
  const auto rows = std::uint64_t(table.shape[0]), kept = std::min(rows, kMaxShownRows);
  std::vector<std::uint64_t> shown;
  for (std::uint64_t k = 0; k < kept; ++k)
    shown.push_back(kept == 1 ? 0 : k * (rows - 1) / (kept - 1));
  return shown;
}

// Whether a row's step may follow these; else the row makes no sense, and goes.
bool may_follow(double step, const auto& points) {
  const double least = points.empty() ? 0 : double(points.back().step);
  return step >= least && step <= double(kTrainingSteps.max);
}

// Of the table of held-out losses (step, train, held-out, bins).
std::vector<HeldOutPoint> held_out_in(const SafetensorsFile& file) {
  const TensorSlice* table = table_in(file, "history.held_out", 3);
  if (!table) return {};
  std::vector<HeldOutPoint> points;
  for (const std::uint64_t row : shown_rows(*table)) {
    const auto [step, train, held_out] = numbers_of<3>(file, *table, row);
    if (may_follow(step, points) && std::isfinite(float(held_out)))
      points.push_back({std::int64_t(step), float(train), float(held_out), {}});
  }
  return points;
}

// Of the table of measures, which has the fields of MeasuredPoint.
std::vector<MeasuredPoint> measures_in(const SafetensorsFile& file) {
  constexpr std::size_t kFields = 10;
  const TensorSlice* table = table_in(file, "history.measured", kFields);
  if (!table) return {};
  std::vector<MeasuredPoint> points;
  for (const std::uint64_t row : shown_rows(*table)) {
    const auto [step, seconds, count, distance, floor, low, high, agreement, nearest, real] =
        numbers_of<kFields>(file, *table, row);
    if (may_follow(step, points) && count >= 1 && count <= kMeasureCount.max &&
        std::isfinite(seconds) && std::isfinite(float(distance)))
      points.push_back({std::int64_t(step), seconds, std::int64_t(count), float(distance),
                        float(floor), float(low), float(high), float(agreement), float(nearest),
                        float(real)});
  }
  return points;
}

// Of losses, by the table of all points (step, seconds, ...): of so many steps each, as the first
// one says. 0 where it does not tell.
std::vector<double> times_of(const std::vector<HeldOutPoint>& losses, const SafetensorsFile& file) {
  std::vector<double> times(losses.size(), 0);
  const TensorSlice* table = table_in(file, "history.points", 2);
  if (!table) return times;
  const auto rows = table->shape[0];
  const double each = numbers_of<1>(file, *table, 0)[0];
  for (std::size_t k = 0; k < losses.size() && each >= 1; ++k) {
    const auto before = std::int64_t(double(losses[k].step) / each);  // As many points.
    if (before < 1) continue;
    const auto [step, seconds] =
        numbers_of<2>(file, *table, std::uint64_t(std::min(before, rows) - 1));
    if (step <= double(losses[k].step) && std::isfinite(seconds)) times[k] = seconds;
  }
  return times;
}

// By the model beside the run's file; it may not be there, or be another one's.
double flops_in(const fs::path& folder, const DataRecord& data) {
  try {
    const fs::path config = layout_of(folder).config;
    const UNet2DConfig network = unet_config_of(read_file(config, kLargestConfig), config.string());
    return kPassesOfTraining * forward_flops(network, network.sample_height.value_or(data.height),
                                             network.sample_width.value_or(data.width));
  } catch (const std::exception&) {
    return 0;
  }
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
  run.recipe = head.recipe;
  run.data = head.data.name;
  run.from = head.from;
  run.step = head.step;
  run.seconds = head.seconds;
  run.finished = fraction_spent(run.recipe.budget, run.seconds, run.step) >= 1;
  run.held_out = held_out_in(file);
  run.held_out_at = times_of(run.held_out, file);
  run.measured = measures_in(file);
  run.flops = flops_in(run.folder, head.data);
  if (!run.held_out.empty()) run.score = run.held_out.back().held_out;
  run.gallery = gallery_in(file, kMaxListedGallery);
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
