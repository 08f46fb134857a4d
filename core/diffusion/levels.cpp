#include "diffusion/levels.h"

#include <algorithm>
#include <ranges>

#include "diffusion/own_levels.h"
#include "settings/grid.h"
#include "settings/left_out.h"

namespace stepwise {
namespace {

// Those of the settings, as far as the network knows them.
Levels chosen_levels(SampleSettings s, const Schedule& schedule) {
  s.sigma_min = std::max(s.sigma_min, schedule.sigma_min());
  s.sigma_max = std::min(s.sigma_max, schedule.sigma_max());
  require(s.sigma_min < s.sigma_max, "The model knows noise levels from ", schedule.sigma_min(),
          " to ", schedule.sigma_max(), ". Choose a range that reaches into these.");
  Levels levels{schedule, sigma_grid(s), {}};
  for (int i = 0; i < levels.steps(); ++i)
    levels.times.push_back(schedule.time(levels.sigmas[std::size_t(i)]));
  levels.start = levels.sigmas.front();
  return levels;
}

// Evenly spaced from the first severity to 0.
Levels severity_levels(const SampleSettings& s, const Schedule& schedule) {
  Levels levels{schedule, {}, {}};
  const double first = std::min(s.sigma_max, schedule.sigma_max());
  for (int i = 0; i <= s.steps; ++i) levels.sigmas.push_back(first * (s.steps - i) / s.steps);
  for (int i = 0; i < s.steps; ++i)
    levels.times.push_back(schedule.time(levels.sigmas[std::size_t(i)]));
  return levels;
}

// Those of all steps, also of the ones that are left out.
Levels all_levels(const SampleSettings& settings, const Schedule& schedule) {
  if (schedule.has_severity()) return severity_levels(settings, schedule);
  if (settings.grid != GridKind::kModel) return chosen_levels(settings, schedule);
  if (schedule.has_table()) return table_levels(settings, schedule);
  if (is_flow(schedule.config())) return flow_levels(settings, schedule);
  const bool score = schedule.config().kind == SchedulerClass::kScoreSdeVe;
  return score ? score_levels(settings, schedule) : edm_levels(settings, schedule);
}

}  // namespace

Coefficients Levels::at(double sigma) const {
  Coefficients c = schedule.at(sigma);
  const auto found = std::find(sigmas.begin(), sigmas.end(), sigma);
  const std::size_t index = std::size_t(found - sigmas.begin());
  if (index < times.size()) c.time = times[index];
  return c;
}

Levels Levels::from(double sigma) const {
  const auto at_or_below =
      std::find_if(sigmas.begin(), sigmas.end() - 2, [=](double level) { return level <= sigma; });
  const auto above = at_or_below - sigmas.begin();
  if (above == 0) return *this;
  Levels rest = *this;
  const auto drop = [=](std::vector<double>& values) {
    if (!values.empty()) values.erase(values.begin(), values.begin() + above);
  };
  drop(rest.sigmas), drop(rest.times), drop(rest.falls);
  rest.left_out.clear();
  rest.start = rest.sigmas.front();
  return rest;
}

int Levels::number(int step) const { return number_of_step(left_out, step); }

double Levels::fall(int step) const {
  if (!falls.empty()) return falls[std::size_t(step)];
  const double sigma = sigmas[std::size_t(step)], to = next(step);
  return sigma * sigma - to * to;
}

double Levels::sigma_before(double time) const {
  if (time >= 0) return schedule.sigma_at(time);
  return schedule.config().set_alpha_to_one ? 0 : schedule.sigma_min();
}

Levels levels_of(const SampleSettings& settings, const Schedule& schedule) {
  check(settings);
  Levels levels = all_levels(settings, schedule);
  if (settings.left_out.empty()) return levels;
  levels.left_out = settings.left_out;
  levels.stride = 0;  // The step before goes to the level that is next now,
  for (const int step : std::views::reverse(settings.left_out))  //   and takes what lies between.
    if (!levels.falls.empty())
      levels.falls[std::size_t(step) - 1] += levels.falls[std::size_t(step)];
  for (std::vector<double>* values : {&levels.sigmas, &levels.times, &levels.falls})
    leave_out(settings.left_out, *values);
  return levels;
}

}  // namespace stepwise
