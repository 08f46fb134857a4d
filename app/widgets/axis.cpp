#include "widgets/axis.h"

#include <algorithm>

namespace stepwise::app {
namespace {

constexpr double kMaxDecades = 12;  // Of a log axis: below that a zero with rounding error begins.

}  // namespace

Axis axis_around(Extent extent, bool log, double margin) {
  if (extent.empty() || (log && extent.hi <= 0))
    return log ? Axis{0.1, 1, true} : Axis{0, 1, false};
  if (log) {
    extent.lo = std::max(extent.lo, extent.hi * std::pow(10, -kMaxDecades));
    if (extent.hi < extent.lo * 1.0001) return {extent.lo / 2, extent.hi * 2, true};
    return Axis{extent.lo, extent.hi, true}.part(-margin, 1 + margin);
  }
  const double size = std::max(std::abs(extent.lo), std::abs(extent.hi));
  if (extent.hi - extent.lo <= 1e-9 * size || size == 0) {
    const double half = size == 0 ? 1 : size / 2;
    return {extent.lo - half, extent.hi + half, false};
  }
  return Axis{extent.lo, extent.hi, false}.part(-margin, 1 + margin);
}

}  // namespace stepwise::app
