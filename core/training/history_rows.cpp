#include "training/history_rows.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace stepwise {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kPointsOfSpeed = 16;  // That its mean is taken over.
constexpr std::array kMeasuredColumns = {"fd",      "fd_floor",        "fd_low",
                                         "fd_high", "class_agreement", "nearest"};

// "held_out/sigma_0.41"
std::string column_of_bin(double low, double high) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(),
                                 std::sqrt(low * high), std::chars_format::general, 2);
  return "held_out/sigma_" + std::string(digits.data(), end.ptr);
}

}  // namespace

std::string digits_of(double value) {
  constexpr double kWhole = 1e15;  // Up to there doubles hold all whole numbers.
  std::array<char, 32> digits{};
  char* const first = digits.data();
  char* const last = first + digits.size();
  const bool whole = std::abs(value) < kWhole && std::trunc(value) == value;
  const auto end = whole ? std::to_chars(first, last, std::int64_t(value))
                         : std::to_chars(first, last, float(value));
  return {first, end.ptr};
}

HistoryTable::HistoryTable(std::int64_t batch, const std::vector<double>& bin_edges, bool measured)
    : batch_(double(batch)), measured_(measured), columns_{"step",
                                                           "seconds",
                                                           "pictures",
                                                           "loss",
                                                           "gradient_norm",
                                                           "learning_rate",
                                                           "pictures_per_second",
                                                           "train",
                                                           "held_out"} {
  for (std::size_t i = 0; i + 1 < bin_edges.size(); ++i)
    columns_.push_back(column_of_bin(bin_edges[i], bin_edges[i + 1]));
  if (measured_) columns_.insert(columns_.end(), kMeasuredColumns.begin(), kMeasuredColumns.end());
}

HistoryRow HistoryTable::row_of(const std::vector<TrainingPoint>& points, std::size_t i) const {
  const TrainingPoint& point = points[i];
  const TrainingPoint before = i < kPointsOfSpeed ? TrainingPoint{} : points[i - kPointsOfSpeed];
  const double pictures = batch_ * double(point.step - before.step);
  HistoryRow row{{point.step, RowKind::kStep}, point.seconds, {}};
  row.values = {double(point.step),
                point.seconds,
                batch_ * double(point.step),
                point.loss,
                point.gradient_norm,
                point.learning_rate,
                pictures / (point.seconds - before.seconds)};
  row.values.resize(columns_.size(), kNothing);
  return row;
}

HistoryRow HistoryTable::row_of(const HeldOutPoint& point, double seconds) const {
  HistoryRow row{{point.step, RowKind::kHeldOut}, seconds, {}};
  row.values = {double(point.step), seconds, batch_ * double(point.step)};
  row.values.resize(kTrainColumn, kNothing);
  row.values.insert(row.values.end(), {point.train, point.held_out});
  const std::size_t bins =
      columns_.size() - row.values.size() - (measured_ ? kMeasuredColumns.size() : 0);
  if (point.bins.size() == bins)
    row.values.insert(row.values.end(), point.bins.begin(), point.bins.end());
  row.values.resize(columns_.size(), kNothing);
  return row;
}

HistoryRow HistoryTable::row_of(const MeasuredPoint& point) const {
  HistoryRow row{{point.step, RowKind::kMeasured}, point.seconds, {}};
  row.values = {double(point.step), point.seconds, batch_ * double(point.step)};
  row.values.resize(columns_.size() - kMeasuredColumns.size(), kNothing);
  row.values.insert(row.values.end(), {point.distance, point.floor, point.low, point.high,
                                       point.agreement, point.nearest});
  return row;
}

std::vector<HistoryRow> HistoryTable::rows_after(RowKey last, const RunHistory& history) const {
  const std::vector<TrainingPoint>& points = history.curve.points;
  std::vector<HistoryRow> rows;
  // Of each kind those that are not told yet; what was measured twice is one row.
  const auto add = [&](RowKind kind, const auto& all, auto row_of_one) {
    const auto told = [&](const auto& point) { return RowKey{point.step, kind} <= last; };
    for (auto it = std::ranges::partition_point(all, told); it != all.end(); ++it)
      if (RowKey key{it->step, kind}; rows.empty() || rows.back().key != key)
        rows.push_back(row_of_one(*it));
  };
  add(RowKind::kStep, points, [&](const TrainingPoint& point) {
    return row_of(points, std::size_t(&point - points.data()));
  });
  add(RowKind::kHeldOut, history.held_out,
      [&](const HeldOutPoint& point) { return row_of(point, seconds_at(points, point.step)); });
  if (measured_)
    add(RowKind::kMeasured, history.measured,
        [&](const MeasuredPoint& point) { return row_of(point); });
  std::ranges::sort(rows, {}, &HistoryRow::key);
  return rows;
}

}  // namespace stepwise
