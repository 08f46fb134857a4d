// Levels of schedulers with betas: those of the training steps they visit, or respaced.
#include <algorithm>
#include <cmath>

#include "diffusion/own_levels.h"
#include "diffusion/time_grid.h"
#include "settings/grid.h"

namespace stepwise {
namespace {

using Kind = SchedulerClass;

// Training steps below which ln(alpha / sigma) is above the bound.
int last_of(const Schedule& schedule) {
  const SchedulerConfig& c = schedule.config();
  int last = 0;
  if (c.kind != Kind::kDpmMultistep) return c.num_train_timesteps;
  while (last < c.num_train_timesteps && -std::log(schedule.sigma_at(last)) >= c.lambda_min_clipped)
    ++last;
  require(last > 0, "lambda_min_clipped = ", c.lambda_min_clipped, " leaves no training step.");
  return last;
}

std::vector<double> times_of(const SampleSettings& s, const Schedule& schedule) {
  const SchedulerConfig& c = schedule.config();
  const std::vector<int>& listed = s.options.timesteps;
  std::vector<double> times(listed.begin(), listed.end());
  if (times.empty()) {
    require(s.steps <= c.num_train_timesteps, "The model knows ", c.num_train_timesteps,
            " noise levels, fewer than ", s.steps, " steps. Ask for fewer steps.");
    times = time_grid(c, s.steps, last_of(schedule));
  }
  const double first = *std::max_element(times.begin(), times.end());
  require(first <= c.num_train_timesteps - 1 || !is_whole(c.kind), "The scheduler would begin at ",
          first, ", but its last training step is ", c.num_train_timesteps - 1,
          ". Ask for fewer steps.");
  // diffusers goes on to a step below 0 where rounding lays out one more than asked for: its table
  // then has no level, and the picture is finished already.
  if (is_whole(c.kind) && times.back() < 0) times.pop_back();
  return times;
}

// The times that solvers give the network at levels between training steps.
double rounded_time(const SchedulerConfig& c, double time) {
  const bool to_nearest = c.kind == Kind::kUniPc ? c.use_karras_sigmas
                                                 : (c.use_karras_sigmas || c.use_lu_lambdas) &&
                                                       c.beta_schedule != "squaredcos_cap_v2";
  return std::trunc(to_nearest ? std::nearbyint(time) : time);
}

// The ends between which levels are respaced: those of the table or the grid, unless the file names
// others. LMS has not heard of that for Karras' levels, nor DPM-Solver for Lu's.
std::pair<double, double> ends_of(const Levels& levels) {
  const SchedulerConfig& c = levels.schedule.config();
  const bool whole = is_solver(c.kind) || c.interpolation_type == "log_linear";
  const double low = whole ? levels.schedule.sigma_min() : levels.sigmas.back();
  const double high = whole ? levels.schedule.sigma_max() : levels.sigmas.front();
  const bool fixed = c.use_karras_sigmas ? c.kind == Kind::kLms : c.use_lu_lambdas;
  if (fixed) return {low, high};
  return {c.sigma_min.value_or(low), c.sigma_max.value_or(high)};
}

// Levels spread anew, in place of those of the grid: as many as were asked for, which the grid has
// not always.
void respace(Levels& levels, int steps) {
  const SchedulerConfig& c = levels.schedule.config();
  const auto [low, high] = ends_of(levels);
  const bool even = c.use_lu_lambdas || !c.use_beta_sigmas;  // In ln sigma.
  levels.sigmas = c.use_karras_sigmas ? karras_sigmas(steps, low, high, 7)
                  : even              ? log_uniform_sigmas(steps, low, high)
                                      : beta_sigmas(steps, low, high);
  levels.sigmas.pop_back();
  levels.times.clear();
  for (const double sigma : levels.sigmas) {
    const double time = levels.schedule.step_of(sigma);
    levels.times.push_back(is_solver(c.kind) ? rounded_time(c, time) : float(time));
  }
}

// Even in ln sigma over the whole table, at the times of the grid all the same. There is one level
// more, where the last step ends.
void interpolate(Levels& levels) {
  const Schedule& schedule = levels.schedule;
  levels.sigmas =
      log_uniform_sigmas(int(levels.times.size()) + 1, schedule.sigma_min(), schedule.sigma_max());
  levels.sigmas.resize(levels.times.size());
}

double end_of(const Levels& levels, bool respaced) {
  const SchedulerConfig& c = levels.schedule.config();
  if (levels.stride > 0) return levels.sigma_before(levels.times.back() - levels.stride);
  const bool ends_above = c.kind == Kind::kEuler || is_solver(c.kind);
  if (c.interpolation_type == "log_linear" && !respaced) return levels.schedule.sigma_min();
  if (!ends_above || c.final_sigmas_type == "zero") return 0;
  return c.kind == Kind::kUniPc && respaced ? levels.sigmas.back() : levels.schedule.sigma_min();
}

// x begins with variance 1 in the scheduler's own units, or with that of pure or nearly pure noise.
double start_of(const Levels& levels) {
  const SchedulerConfig& c = levels.schedule.config();
  const double first = *std::max_element(levels.sigmas.begin(), levels.sigmas.end());
  const bool unscaled = !is_whole(c.kind) && !is_solver(c.kind);
  if (!unscaled) return 1 / levels.schedule.own(levels.sigmas.front());
  return c.timestep_spacing == "leading" ? std::sqrt(first * first + 1) : first;
}

int steps_asked(const SampleSettings& s) {
  return s.options.timesteps.empty() ? s.steps : int(s.options.timesteps.size());
}

}  // namespace

Levels table_levels(const SampleSettings& s, const Schedule& schedule) {
  const SchedulerConfig& c = schedule.config();
  Levels levels{schedule, {}, times_of(s, schedule)};
  for (const double time : levels.times) levels.sigmas.push_back(schedule.sigma_at(time));
  if (is_respaced(c))
    respace(levels, steps_asked(s));
  else if (c.interpolation_type == "log_linear")
    interpolate(levels);
  if (!is_whole(c.kind))
    for (double& sigma : levels.sigmas) sigma = float(sigma);
  if (is_continuous(c))
    for (std::size_t i = 0; i < levels.times.size(); ++i)
      levels.times[i] = schedule.time(levels.sigmas[i]);
  const bool strides = c.kind == Kind::kDdim || c.kind == Kind::kPndm;
  if (strides && s.options.timesteps.empty())
    levels.stride = c.num_train_timesteps / int(levels.times.size());
  levels.end = end_of(levels, is_respaced(c));
  if (!is_whole(c.kind)) levels.end = float(levels.end);
  levels.start = start_of(levels);
  levels.sigmas.push_back(0);
  return levels;
}

}  // namespace stepwise
