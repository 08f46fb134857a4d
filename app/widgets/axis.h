// One axis of a plot: which values it spans and whether equal distances are equal differences or
// equal ratios. Positions are shares of its length, 0 at `lo` and 1 at `hi`. Pure, any thread.
#pragma once

#include <cmath>
#include <vector>

#include "widgets/ticks.h"

namespace stepwise::app {

struct Axis {
  double lo = 0;
  double hi = 1;
  bool log = false;  // Then 0 < lo.

  double position(double value) const {
    if (log) return value > 0 ? std::log(value / lo) / std::log(hi / lo) : -1e9;
    return (value - lo) / (hi - lo);
  }
  double value(double position) const {
    return log ? lo * std::pow(hi / lo, position) : lo + (hi - lo) * position;
  }
  std::vector<Tick> ticks(int at_most) const {
    return log ? log_ticks(lo, hi, at_most) : linear_ticks(lo, hi, at_most);
  }
  // The part between two positions; in either order, also beyond the ends.
  Axis part(double from, double to) const {
    return {value(std::fmin(from, to)), value(std::fmax(from, to)), log};
  }
  // Narrower by `factor`, with the value at `position` staying where it is.
  Axis zoomed(double at, double factor) const {
    return part(at - at / factor, at + (1 - at) / factor);
  }
  bool operator==(const Axis&) const = default;
};

// The smallest and largest value met.
struct Extent {
  double lo = INFINITY;
  double hi = -INFINITY;

  bool empty() const { return lo > hi; }
  void add(double value) {
    if (!std::isfinite(value)) return;
    lo = std::fmin(lo, value);
    hi = std::fmax(hi, value);
  }
};

// An axis that shows all of `extent` with `margin` (a share of its length) to spare on both sides.
// An extent without width is given some, values a log axis cannot show are cut off, and nothing
// gives 0 to 1 (or 0.1 to 1).
Axis axis_around(Extent extent, bool log, double margin);

}  // namespace stepwise::app
