#include "widgets/series.h"

#include <algorithm>

namespace stepwise::app {
namespace {

// Collects the points of one column.
class Gather {
 public:
  explicit Gather(int column) : result_{.column = column} {}

  void add(float value) {
    if (!std::isfinite(value)) return;
    if (!any_) result_.first = result_.lowest = result_.highest = value;
    any_ = true;
    result_.last = value;
    result_.lowest = std::min(result_.lowest, value);
    result_.highest = std::max(result_.highest, value);
  }
  void move_to(std::vector<Column>& out) const {
    if (any_) out.push_back(result_);
  }

 private:
  Column result_;
  bool any_ = false;
};

}  // namespace

std::vector<Column> decimate(std::span<const double> x, std::span<const float> y, const Axis& axis,
                             int columns) {
  std::vector<Column> out;
  const std::size_t count = std::min(x.size(), y.size());
  if (count == 0 || columns < 1) return out;
  const auto before = [&](double value) {
    return static_cast<std::size_t>(std::lower_bound(x.begin(), x.begin() + count, value) -
                                    x.begin());
  };
  std::size_t i = before(axis.lo);
  // The nearest neighbour on the left stands at its true column, which may lie far outside.
  if (i > 0) {
    Gather left(static_cast<int>(std::max(-1e6, std::floor(axis.position(x[i - 1]) * columns))));
    left.add(y[i - 1]);
    left.move_to(out);
  }
  for (int column = 0; column < columns && i < count; ++column) {
    const double end = axis.value(double(column + 1) / columns);
    Gather gather(column);
    for (; i < count && (x[i] < end || (column + 1 == columns && x[i] <= axis.hi)); ++i)
      gather.add(y[i]);
    gather.move_to(out);
  }
  if (i < count) {
    Gather right(static_cast<int>(std::min(1e6, std::floor(axis.position(x[i]) * columns))));
    right.add(y[i]);
    right.move_to(out);
  }
  return out;
}

std::optional<std::size_t> nearest_point(std::span<const double> x, const Axis& axis, double at,
                                         double reach) {
  if (x.empty()) return std::nullopt;
  const auto after = std::lower_bound(x.begin(), x.end(), at) - x.begin();
  std::optional<std::size_t> best;
  double distance = reach;
  for (const auto i : {after - 1, after}) {
    if (i < 0 || i >= static_cast<std::ptrdiff_t>(x.size())) continue;
    const double d = std::abs(axis.position(x[i]) - axis.position(at));
    if (d > distance || (best && d == distance)) continue;
    best = static_cast<std::size_t>(i);
    distance = d;
  }
  return best;
}

Extent extent_of(std::span<const double> x, std::span<const float> y, const Axis& axis) {
  Extent extent;
  const std::size_t count = std::min(x.size(), y.size());
  const auto first = std::lower_bound(x.begin(), x.begin() + count, axis.lo) - x.begin();
  for (std::size_t i = first; i < count && x[i] <= axis.hi; ++i) extent.add(y[i]);
  return extent;
}

}  // namespace stepwise::app
