#include "widgets/series.h"

#include <algorithm>

namespace stepwise::app {
std::vector<Column> decimate(std::span<const double> x, std::span<const float> y, const Axis& axis,
                             int columns) {
  std::vector<Column> out;
  const std::size_t count = std::min(x.size(), y.size());
  if (count == 0 || columns < 1) return out;
  const auto before = [&](double value) {
    return static_cast<std::size_t>(std::lower_bound(x.begin(), x.begin() + count, value) -
                                    x.begin());
  };
  const auto put = [&](double column, std::size_t from, std::size_t to) {
    Extent e;
    for (std::size_t k = from; k < to; ++k) e.add(y[k]);
    if (!e.empty()) out.push_back({int(std::clamp(column, -1e6, 1e6)), float(e.lo), float(e.hi)});
  };
  std::size_t i = before(axis.lo);
  // The nearest neighbours outside stand at their true columns, which may lie far away.
  if (i > 0) put(std::floor(axis.position(x[i - 1]) * columns), i - 1, i);
  for (int column = 0; column < columns && i < count; ++column) {
    const double end = axis.value(double(column + 1) / columns);
    const std::size_t first = i;
    while (i < count && (x[i] < end || (column + 1 == columns && x[i] <= axis.hi))) ++i;
    put(column, first, i);
  }
  if (i < count) put(std::floor(axis.position(x[i]) * columns), i, i + 1);
  return out;
}

std::optional<std::size_t> nearest_point(std::span<const double> x, const Axis& axis, double at) {
  if (x.empty()) return std::nullopt;
  const auto after = std::lower_bound(x.begin(), x.end(), at) - x.begin();
  std::optional<std::size_t> best;
  double distance = 0;
  for (const auto i : {after - 1, after}) {
    if (i < 0 || i >= static_cast<std::ptrdiff_t>(x.size())) continue;
    const double d = std::abs(axis.position(x[i]) - axis.position(at));
    if (best && d >= distance) continue;
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
