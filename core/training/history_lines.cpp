// The history as text, a line for each row.
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

#include "error.h"
#include "image/append.h"
#include "image/file.h"
#include "training/history_file.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

using Columns = std::vector<std::string>;

// How rows are written, and told from each other.
struct LineFormat {
  const char* name;  // Of the file.
  std::string (*head)(const Columns& columns);
  std::string (*line)(const HistoryRow& row, const Columns& columns);
  std::optional<RowKey> (*key_of)(std::string_view line);  // Nothing: it is none of ours.
};

// The step that the words begin with.
std::optional<std::int64_t> step_at(std::string_view words) {
  std::int64_t step = 0;
  const auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), step);
  const bool ended = end != words.data() + words.size() && *end == ',';
  return error == std::errc() && ended && step >= 0 ? std::optional(step) : std::nullopt;
}

RowKind kind_of(bool has_loss, bool has_train) {
  return has_loss ? RowKind::kStep : has_train ? RowKind::kHeldOut : RowKind::kMeasured;
}

std::string json_line(const HistoryRow& row, const Columns& columns) {
  std::string line;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (std::isfinite(row.values[i]))
      line += text_of(line.empty() ? "{" : ", ", '"', columns[i], "\": ", digits_of(row.values[i]));
  return line + "}\n";
}

std::optional<RowKey> key_of_json(std::string_view line) {
  constexpr std::string_view kFirst = "{\"step\": ";
  const auto step = line.starts_with(kFirst) ? step_at(line.substr(kFirst.size())) : std::nullopt;
  if (!step || !line.ends_with('}')) return std::nullopt;
  const auto tells = [&](std::string_view column) { return line.find(column) != line.npos; };
  return RowKey{*step, kind_of(tells("\"loss\""), tells("\"train\""))};
}

std::string csv_head(const Columns& columns) {
  std::string line;
  for (const std::string& column : columns) line += (line.empty() ? "" : ",") + column;
  return line + "\n";
}

std::string csv_line(const HistoryRow& row, const Columns& columns) {
  std::string line;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) line += ',';
    if (std::isfinite(row.values[i])) line += digits_of(row.values[i]);
  }
  return line + "\n";
}

// What is behind so many commas; empty where there are not so many.
std::string_view behind(std::string_view line, std::size_t commas) {
  for (; commas > 0; --commas) {
    const std::size_t comma = line.find(',');
    if (comma == line.npos) return {};
    line.remove_prefix(comma + 1);
  }
  return line;
}

std::optional<RowKey> key_of_csv(std::string_view line) {
  const auto step = step_at(line);
  const std::string_view loss = behind(line, kPlaceColumns), train = behind(line, kTrainColumn);
  if (!step || loss.empty() || train.empty()) return std::nullopt;
  return RowKey{*step, kind_of(loss[0] != ',', train[0] != ',')};
}

constexpr LineFormat kJsonLines{"history.jsonl", [](const Columns&) { return std::string(); },
                                json_line, key_of_json};
constexpr LineFormat kCsv{"history.csv", csv_head, csv_line, key_of_csv};

constexpr std::size_t kMostText = std::size_t{1} << 28;  // Bytes; longest runs write a tenth of it.

class HistoryLines : public HistoryFile {
 public:
  HistoryLines(const LineFormat& format, const fs::path& folder, Columns columns)
      : format_(format), path_(folder / format.name), columns_(std::move(columns)) {}

  bool is_there() const override {
    std::error_code ignored;
    return fs::exists(path_, ignored);
  }

  RowKey cut_back(std::int64_t step) override {
    if (!is_there()) return {};
    const std::string text = read_file(path_, kMostText), head = format_.head(columns_);
    require_ours(text.starts_with(head.substr(0, text.size())));
    std::size_t end = text.rfind('\n') + 1;  // Behind the last whole line; 0: there is none.
    RowKey last;
    while (end > head.size()) {
      const std::size_t begin = end < 2 ? 0 : text.rfind('\n', end - 2) + 1;
      const auto key = format_.key_of(std::string_view(text).substr(begin, end - begin - 1));
      require_ours(key.has_value());
      if (key->step <= step) {
        last = *key;
        break;
      }
      end = begin;
    }
    if (end < text.size()) cut_file(path_, end);
    return last;
  }

  void add(const std::vector<HistoryRow>& rows) override {
    std::error_code none;
    std::string lines = fs::file_size(path_, none) > 0 && !none ? "" : format_.head(columns_);
    for (const HistoryRow& row : rows) lines += format_.line(row, columns_);
    append_to_file(path_, lines);
  }

 private:
  void require_ours(bool ours) const {
    require(ours, "'", path_.string(),
            "' was changed by another program, so nothing is added to it. Move it away to have the "
            "history written anew.");
  }

  const LineFormat& format_;
  fs::path path_;
  Columns columns_;
};

}  // namespace

std::unique_ptr<HistoryFile> json_lines_in(const fs::path& folder, Columns columns) {
  return std::make_unique<HistoryLines>(kJsonLines, folder, std::move(columns));
}

std::unique_ptr<HistoryFile> csv_in(const fs::path& folder, Columns columns) {
  return std::make_unique<HistoryLines>(kCsv, folder, std::move(columns));
}

}  // namespace stepwise
