// Columns of numbers as plots use them: thinned to the pixels there are, looked up under
// the mouse. x rises along a series; y may hold gaps (values that are not finite). Pure, any
// thread.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "widgets/axis.h"

namespace stepwise::app {

// The extremes of one pixel column.
struct Column {
  int column = 0;
  float lowest = 0, highest = 0;
  bool operator==(const Column&) const = default;
};

// What `columns` pixel columns over `axis` show of a series, with the neighbours just outside so
// that lines run to the edge. Costs one comparison per visible point and one logarithm per column.
std::vector<Column> decimate(std::span<const double> x, std::span<const float> y, const Axis& axis,
                             int columns);

// The index of the point nearest to `at` on the axis; nothing where the series is empty.
std::optional<std::size_t> nearest_point(std::span<const double> x, const Axis& axis, double at);

// The values whose x lies on the axis.
Extent extent_of(std::span<const double> x, std::span<const float> y, const Axis& axis);

}  // namespace stepwise::app
