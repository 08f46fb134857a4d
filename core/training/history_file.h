// One of the files in which a run tells its history to programs of others: rows are added at its
// end as the run trains. Worker thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "image/image.h"
#include "training/history_rows.h"

namespace stepwise {

class HistoryFile {
 public:
  virtual ~HistoryFile() = default;

  virtual bool is_there() const = 0;
  // Takes back what it tells of later steps than this, which a run does again that goes on from its
  // last checkpoint; and what a killed program left half written. Its last row is then this one.
  // Throws Error if it is not as this program writes it, and leaves it so.
  virtual RowKey cut_back(std::int64_t step) = 0;
  // Adds rows; the file is made where there is none. Throws Error if it takes not all of them; it
  // is then as it was.
  virtual void add(const std::vector<HistoryRow>& rows) = 0;
  // Pictures that the run draws by then, in a file that holds any.
  virtual void add_picture(std::int64_t /*step*/, const ByteImage& /*picture*/) {}
};

// history.jsonl: a line per row, a JSON object of what it tells. history.csv: a table for
// spreadsheets, cells are empty where a row tells nothing.
std::unique_ptr<HistoryFile> json_lines_in(const std::filesystem::path& folder,
                                           std::vector<std::string> columns);
std::unique_ptr<HistoryFile> csv_in(const std::filesystem::path& folder,
                                    std::vector<std::string> columns);

// What TensorBoard shows: events.out.tfevents.<seconds>.<host>.stepwise, one file for each time
// that the run was begun or taken up again, as TensorBoard expects it.
std::unique_ptr<HistoryFile> events_in(const std::filesystem::path& folder,
                                       std::vector<std::string> columns);

}  // namespace stepwise
