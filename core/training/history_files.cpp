#include "training/history_files.h"

#include "error.h"
#include "image/sheet.h"

namespace stepwise {
namespace {

constexpr int kColumns = 10;  // Of a sheet: a gallery has a column for each of ten classes.

}  // namespace

HistoryFiles::HistoryFiles(std::filesystem::path folder, std::int64_t step, std::int64_t batch,
                           const std::vector<double>& bin_edges, bool measured)
    : folder_(std::move(folder)), begun_at_(step), table_(batch, bin_edges, measured) {
  for (const auto make : {json_lines_in, csv_in, events_in})
    files_.push_back({make(folder_, table_.columns())});
}

std::string HistoryFiles::update(const RunHistory& history) {
  std::error_code error;
  if (!std::filesystem::is_directory(folder_, error))
    return text_of("The folder of the run in training, '", folder_.string(),
                   "', is gone. The next checkpoint makes it again.");
  std::string trouble;
  for (Entry& entry : files_) try {
      update(entry, history);
    } catch (const Error& e) {
      trouble += (trouble.empty() ? "" : " ") + std::string(e.what());
    }
  return trouble;
}

void HistoryFiles::update(Entry& entry, const RunHistory& history) {
  const std::vector<TrainingPoint>& points = history.curve.points;
  const std::int64_t newest = points.empty() ? begun_at_ : points.back().step;
  if (!entry.opened || !entry.file->is_there()) {
    entry.last = entry.file->cut_back(entry.opened ? newest : begun_at_);
    entry.opened = true;
  }
  const std::vector<HistoryRow> rows = table_.rows_after(entry.last, history);
  if (rows.empty()) return;
  entry.file->add(rows);
  entry.last = rows.back().key;
}

std::string HistoryFiles::add_gallery(std::int64_t step, const ImageBatch& pictures) {
  try {
    const ByteImage sheet = contact_sheet(pictures, kColumns, {.scale = 1, .gap = 2});
    for (Entry& entry : files_) entry.file->add_picture(step, sheet);
    return "";
  } catch (const Error& e) {
    return e.what();
  }
}

}  // namespace stepwise
