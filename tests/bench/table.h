// The benchmark table: lines that measure one figure each, printed as Markdown, and as JSON with
// --benchmark_out=FILE. Figures that are compared are measured in one run, for machines are noisy.
#pragma once

#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace stepwise {

// What a figure should reach; by default it is only told.
struct Bar {
  double at_least = -std::numeric_limits<double>::infinity();
  double at_most = std::numeric_limits<double>::infinity();
};

struct Figure {
  double value;
  Bar bar = {};
};

void add_line(const std::string& name, const std::string& unit, std::function<Figure()> measure);

// Each adds the lines of one file.
void add_network_lines();
void add_session_lines();
void add_window_lines();
void add_latency_lines();
void add_fill_in_lines();
void add_reference_lines();

// Of one call.
double seconds_of(const std::function<void()>& work);

// The q-th quantile, 0 to 1; 0.5 is the median.
double quantile(std::vector<double> values, double q);

// Median seconds of a call, over at least `repeats` calls and half a second, after two unmeasured.
double median_seconds(const std::function<void()>& work, int repeats = 5);

}  // namespace stepwise
