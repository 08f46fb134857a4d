#include "diffusion/time_grid.h"

#include <algorithm>
#include <cmath>

namespace stepwise {
namespace {

// numpy's rounding: halves go to the even neighbour.
double rounded(double value) { return std::nearbyint(value); }

// From `first` down by `step` while above 0, rounded, less 1: rint(first - j step) - 1. In floating
// point, as numpy's arange has it: its stride is the difference of its first two entries, and where
// halves are rounded that can decide. For some steps there is one entry too many: it comes out as
// -1.
std::vector<double> trailing(double first, double step) {
  std::vector<double> times;
  const int count = int(std::ceil(first / step));
  const double stride = (first - step) - first;
  for (int j = 0; j < count; ++j) times.push_back(rounded(first + j * stride) - 1);
  return times;
}

std::vector<double> fallen(std::vector<double> times) {
  std::reverse(times.begin(), times.end());
  return times;
}

// DPM-Solver and UniPC: one more is laid out, and the smallest dropped.
std::vector<double> solver_grid(const SchedulerConfig& c, int steps, int last) {
  if (c.timestep_spacing == "trailing")
    return trailing(last, double(c.num_train_timesteps) / steps);
  std::vector<double> times;
  if (c.timestep_spacing == "linspace") {
    for (const double t : even_numbers(0, last - 1, steps + 1)) times.push_back(rounded(t));
  } else {
    for (int i = 0; i <= steps; ++i) times.push_back(i * (last / (steps + 1)));
  }
  times = fallen(std::move(times));
  times.pop_back();
  if (c.timestep_spacing == "leading")
    for (double& t : times) t += c.steps_offset;
  return times;
}

}  // namespace

std::vector<double> even_numbers(double first, double last, int count) {
  std::vector<double> values;
  for (int i = 0; i < count; ++i)
    values.push_back(count == 1 ? first : first + i * ((last - first) / (count - 1)));
  if (count > 1) values.back() = last;
  return values;
}

std::vector<double> time_grid(const SchedulerConfig& c, int steps, int last) {
  if (is_solver(c.kind)) return solver_grid(c, steps, last);
  const int all = c.num_train_timesteps;
  if (c.timestep_spacing == "trailing") return trailing(all, double(all) / steps);
  std::vector<double> times;
  if (c.timestep_spacing == "leading")
    for (int i = 0; i < steps; ++i) times.push_back(i * (all / steps) + c.steps_offset);
  else  // Whole steps, or as single precision has them.
    for (const double t : even_numbers(0, all - 1, steps))
      times.push_back(is_whole(c.kind) ? rounded(t) : double(float(t)));
  return fallen(std::move(times));
}

}  // namespace stepwise
