// The history of a run in its folder, for programs of others: history.jsonl, history.csv, and event
// files of TensorBoard. They grow as the run trains, and they tell of no step that was lost when it
// was killed: all that they tell is in its history as well, which says what is missing from them
// and what is too much. Worker thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "image/image.h"
#include "training/history_file.h"

namespace stepwise {

class HistoryFiles {
 public:
  // Of a run that has come to `step`: what the files tell of later steps is taken back when they
  // are written to first. `bin_edges`, `measured`: as of a HistoryTable.
  HistoryFiles(std::filesystem::path folder, std::int64_t step, std::int64_t batch,
               const std::vector<double>& bin_edges, bool measured = false);

  // Adds what is new; files that are not there (any more) are made and tell everything. Why some
  // could not be written, a sentence or two; empty: all were. What they lack then, a later call
  // adds.
  std::string update(const RunHistory& history);

  // Pictures that the run draws by now, where they are shown. Why they could not be written; empty:
  // they were.
  std::string add_gallery(std::int64_t step, const ImageBatch& pictures);

 private:
  struct Entry {
    std::unique_ptr<HistoryFile> file;
    bool opened = false;
    RowKey last = {};  // Of its rows.
  };
  void update(Entry& entry, const RunHistory& history);

  std::filesystem::path folder_;
  std::int64_t begun_at_;
  HistoryTable table_;
  std::vector<Entry> files_;
};

}  // namespace stepwise
