// Where an axis puts its ticks, and how numbers are written beside it. Pure functions, any thread.
#pragma once

#include <string>
#include <vector>

namespace stepwise::app {

struct Tick {
  double value = 0;
  bool labelled = true;  // False: only a faint line, as between the decades of a log axis.
  bool operator==(const Tick&) const = default;
};

// Multiples of 1, 2 or 5 times a power of ten within [lo, hi], at most `at_most` of them.
std::vector<Tick> linear_ticks(double lo, double hi, int at_most);

// Decades within [lo, hi] where there are enough of them, thinned or joined by 2 and 5 so that at
// most `at_most` carry a label; less than a decade is divided like a linear axis. Needs 0 < lo.
std::vector<Tick> log_ticks(double lo, double hi, int at_most);

// Three digits that matter, short and without a locale: 0.0125, 3e-5, 842, 12.5k, 3.1M.
std::string format_number(double value);

// The same with as many digits as given, at least 1.
std::string format_number(double value, int digits);

// A share of 1: 42.5 %.
std::string format_percent(double share, int digits = 3);

// 8.4 s, 45 s, 2 min 05 s, 1 h 12 min.
std::string format_duration(double seconds);

// 12,345: counts that people compare digit by digit.
std::string format_count(long long value);

}  // namespace stepwise::app
