// Levels of schedulers with betas: those of the training steps they visit, or respaced.
#include <algorithm>
#include <cmath>

#include "diffusion/grid.h"
#include "diffusion/own_levels.h"
#include "diffusion/time_grid.h"

namespace stepwise {
namespace {

using Kind = SchedulerClass;

// Steps from training step to training step, in whole numbers.
bool is_whole(Kind kind) {
  return kind == Kind::kDdpm || kind == Kind::kDdim || kind == Kind::kPndm;
}

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
  require(times.back() >= 0 || !is_whole(c.kind), "With ", s.steps,
          " steps and this spacing the scheduler would visit a step below 0. Ask for one step more "
          "or less.");
  return times;
}

// The times that solvers give the network at levels between training steps.
double rounded_time(const SchedulerConfig& c, double time) {
  const bool to_nearest = c.kind == Kind::kUniPc ? c.use_karras_sigmas
                                                 : (c.use_karras_sigmas || c.use_lu_lambdas) &&
                                                       c.beta_schedule != "squaredcos_cap_v2";
  return std::trunc(to_nearest ? std::nearbyint(time) : time);
}

// Levels spread over the range of the table, or of the grid, in place of those of the grid: as many
// as were asked for, which the grid has not always.
void respace(Levels& levels, int steps) {
  const SchedulerConfig& c = levels.schedule.config();
  const bool solver = is_solver(c.kind);
  const double low =
      c.sigma_min.value_or(solver ? levels.schedule.sigma_min() : levels.sigmas.back());
  const double high =
      c.sigma_max.value_or(solver ? levels.schedule.sigma_max() : levels.sigmas.front());
  levels.sigmas = c.use_karras_sigmas ? karras_sigmas(steps, low, high, 7)
                  : c.use_beta_sigmas ? beta_sigmas(steps, low, high)
                                      : log_uniform_sigmas(steps, low, high);
  levels.sigmas.pop_back();
  levels.times.clear();
  for (const double sigma : levels.sigmas) {
    const double time = levels.schedule.time(sigma);
    levels.times.push_back(solver ? rounded_time(c, time) : float(time));
  }
}

double end_of(const Levels& levels, bool respaced) {
  const SchedulerConfig& c = levels.schedule.config();
  if (levels.stride > 0) return levels.sigma_before(levels.times.back() - levels.stride);
  const bool ends_above = c.kind == Kind::kEuler || is_solver(c.kind);
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
  const bool respaced =
      c.use_karras_sigmas || c.use_exponential_sigmas || c.use_beta_sigmas || c.use_lu_lambdas;
  if (respaced && !is_whole(c.kind)) respace(levels, steps_asked(s));
  if (!is_whole(c.kind))
    for (double& sigma : levels.sigmas) sigma = float(sigma);
  const bool strides = c.kind == Kind::kDdim || c.kind == Kind::kPndm;
  if (strides && s.options.timesteps.empty())
    levels.stride = c.num_train_timesteps / int(levels.times.size());
  levels.end = end_of(levels, respaced);
  if (!is_whole(c.kind)) levels.end = float(levels.end);
  levels.start = start_of(levels);
  levels.sigmas.push_back(0);
  return levels;
}

}  // namespace stepwise
