// The history of a run as the rows of a table, for programs of others. A row tells of one optimiser
// step (of several, in a run of more than 32,768), of one measurement of held-out losses, or of one
// of the run's pictures. Plain values, no torch here; any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "settings/points.h"

namespace stepwise {

enum class RowKind { kStep, kHeldOut, kMeasured };

// Which row it is; rows follow each other in this order.
struct RowKey {
  std::int64_t step = -1;  // -1: before all rows.
  RowKind kind = RowKind::kStep;
  auto operator<=>(const RowKey&) const = default;
};

struct HistoryRow {
  RowKey key;
  double seconds = 0;          // Of training by then.
  std::vector<double> values;  // One per column; NaN: it tells nothing of that.
};

class HistoryTable {
 public:
  // `bin_edges`: sigma bins of the losses per level. `measured`: there are columns for what the
  // run's pictures are measured as.
  HistoryTable(std::int64_t batch, const std::vector<double>& bin_edges, bool measured = false);

  // step, seconds, pictures, loss, gradient_norm, learning_rate, pictures_per_second (a mean of the
  // last few), train, held_out, and for each bin held_out/sigma_<its middle>; where it is measured
  // also fd, fd_floor, fd_low, fd_high, class_agreement and nearest.
  const std::vector<std::string>& columns() const { return columns_; }

  // What the history tells behind a row, oldest first.
  std::vector<HistoryRow> rows_after(RowKey last, const RunHistory& history) const;

 private:
  HistoryRow row_of(const std::vector<TrainingPoint>& points, std::size_t i) const;
  HistoryRow row_of(const HeldOutPoint& point, double seconds) const;
  HistoryRow row_of(const MeasuredPoint& point) const;

  double batch_;
  bool measured_;
  std::vector<std::string> columns_;
};

// Columns that every row has; only rows of steps have the one after them, the loss, and only those
// of held-out losses have the one of that on training pictures.
inline constexpr std::size_t kPlaceColumns = 3, kTrainColumn = 7;

// As many digits as tell one float from the next, and none behind the point of whole numbers.
std::string digits_of(double value);

}  // namespace stepwise
