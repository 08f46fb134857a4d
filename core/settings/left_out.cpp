#include "settings/left_out.h"

#include <algorithm>
#include <ranges>

#include "first_of.h"

namespace stepwise {

void leave_out(const std::vector<int>& steps, std::vector<double>& values) {
  for (const int step : std::views::reverse(steps))
    if (std::size_t(step) < values.size()) values.erase(values.begin() + step);
}

int number_of_step(const std::vector<int>& left_out, int step) {
  for (const int each : left_out)
    if (each <= step) ++step;
  return step;
}

SampleSettings without_step(SampleSettings settings, int step) {
  std::vector<int>& left_out = settings.left_out;
  const int number = number_of_step(left_out, step);
  left_out.insert(std::ranges::upper_bound(left_out, number), number);
  return settings;
}

std::string left_out_words(const SampleSettings& settings) {
  const std::vector<int>& steps = settings.left_out;
  return steps.empty() ? "" : ", without step " + joined(steps);
}

void check_left_out(const SampleSettings& s) {
  const bool listed = s.grid == GridKind::kModel && !s.options.timesteps.empty();
  const int steps = listed ? int(s.options.timesteps.size()) : s.steps;
  for (std::size_t i = 0; i < s.left_out.size(); ++i) {
    const int step = s.left_out[i];
    require(step >= 1 && step <= steps - 2, "Step ", step, " of ", steps,
            " cannot be left out. Only steps between the first, 0, and the last, ", steps - 1,
            ", can.");
    require(i == 0 || step > s.left_out[i - 1], "Step ", step, " stands after step ",
            s.left_out[i - 1], " among those to leave out. List them rising, each once.");
  }
}

}  // namespace stepwise
