// The history as TensorBoard reads it.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <optional>
#include <string_view>

#include "error.h"
#include "formats/tensorboard.h"
#include "formats/tfrecord.h"
#include "image/append.h"
#include "image/file.h"
#include "training/history_file.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBegin = "events.out.tfevents.", kEnd = ".stepwise";
constexpr std::size_t kMostEvents = std::size_t{1} << 30;  // Bytes of a file.

double now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration<double>(since).count();
}

std::string host_name() {
  std::array<char, 256> name{};
  const bool known = ::gethostname(name.data(), name.size() - 1) == 0 && name[0] != '\0';
  return known ? name.data() : "localhost";
}

// A name that no file has yet. They sort by time.
fs::path new_file_in(const fs::path& folder) {
  for (auto seconds = std::int64_t(now());; ++seconds) {
    const fs::path path = folder / text_of(kBegin, seconds, '.', host_name(), kEnd);
    std::error_code error;  // Of a folder that may not be looked into: writing says so.
    if (!fs::exists(path, error)) return path;
  }
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (name.starts_with(kBegin) && name.ends_with(kEnd)) files.push_back(it->path());
  }
  return files;
}

// The row that an event tells of; pictures are none.
std::optional<RowKey> key_of(const EventTopic& topic, const std::vector<std::string>& columns) {
  const auto tells = [&](const std::string& tag) {
    return std::ranges::find(topic.tags, tag) != topic.tags.end();
  };
  if (tells(columns[kPlaceColumns])) return RowKey{topic.step, RowKind::kStep};
  if (tells(columns[kTrainColumn])) return RowKey{topic.step, RowKind::kHeldOut};
  return std::ranges::any_of(columns, tells) ? std::optional(RowKey{topic.step, RowKind::kMeasured})
                                             : std::nullopt;
}

class HistoryEvents : public HistoryFile {
 public:
  HistoryEvents(fs::path folder, std::vector<std::string> columns)
      : folder_(std::move(folder)), columns_(std::move(columns)) {}

  bool is_there() const override {
    std::error_code ignored;
    return !path_.empty() && fs::exists(path_, ignored);
  }

  RowKey cut_back(std::int64_t step) override {
    path_.clear();
    begins_after_ = step;
    RowKey last;
    for (const fs::path& file : files_in(folder_)) last = std::max(last, cut_back(file, step));
    return last;
  }

  void add(const std::vector<HistoryRow>& rows) override {
    const bool begun = is_there();
    std::string records = begun ? "" : head();
    const double end = now();
    for (const HistoryRow& row : rows) {
      const double ago = rows.back().seconds - row.seconds;
      records += tf_record(scalars_event({end - ago, row.key.step}, scalars_of(row)));
    }
    const fs::path path = begun ? path_ : new_file_in(folder_);
    append_to_file(path, records);
    path_ = path;
  }

  void add_picture(std::int64_t step, const ByteImage& picture) override {
    if (!is_there()) return;  // The file begins with its rows.
    append_to_file(path_, tf_record(picture_event({now(), step}, "gallery", picture)));
  }

 private:
  // Cuts the file behind its last whole event that is of no later step; its last row.
  RowKey cut_back(const fs::path& file, std::int64_t step) const {
    const std::string bytes = read_file(file, kMostEvents);
    RowKey last;
    std::size_t kept = 0;
    for (std::size_t at = 0; const auto record = next_record(bytes, at); kept = at) {
      const auto topic = topic_of(*record);
      if (!topic || topic->step > step) break;
      if (const auto key = key_of(*topic, columns_)) last = std::max(last, *key);
    }
    if (kept < bytes.size()) cut_file(file, kept);
    return last;
  }

  std::vector<Scalar> scalars_of(const HistoryRow& row) const {
    std::vector<Scalar> scalars;
    for (std::size_t i = kPlaceColumns; i < columns_.size(); ++i)
      if (std::isfinite(row.values[i])) scalars.push_back({columns_[i], float(row.values[i])});
    return scalars;
  }

  // What is shown already of later steps than the file begins after is void: a TensorBoard that
  // looks on forgets it.
  std::string head() const {
    std::string head = tf_record(version_event(now()));
    if (begins_after_ > 0) head += tf_record(restart_event({now(), begins_after_ + 1}));
    return head;
  }

  fs::path folder_, path_;  // Of this launch; empty before there is one.
  std::vector<std::string> columns_;
  std::int64_t begins_after_ = 0;
};

}  // namespace

std::unique_ptr<HistoryFile> events_in(const fs::path& folder, std::vector<std::string> columns) {
  return std::make_unique<HistoryEvents>(folder, std::move(columns));
}

}  // namespace stepwise
