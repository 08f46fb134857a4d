#include "diffusion/levels.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "diffusion/grid.h"
#include "diffusion/time_grid.h"

namespace stepwise {
namespace {

using Kind = SchedulerClass;

bool is_solver(Kind kind) { return kind == Kind::kDpmMultistep || kind == Kind::kUniPc; }
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

// Levels spread over the range of the table, or of the grid, in place of those of the grid.
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

Levels table_levels(const SampleSettings& s, const Schedule& schedule) {
  const SchedulerConfig& c = schedule.config();
  Levels levels{schedule, {}, times_of(s, schedule)};
  for (const double time : levels.times) levels.sigmas.push_back(schedule.sigma_at(time));
  const bool respaced =
      c.use_karras_sigmas || c.use_exponential_sigmas || c.use_beta_sigmas || c.use_lu_lambdas;
  if (respaced && !is_whole(c.kind)) respace(levels, int(levels.times.size()));
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

// Noise by so much more where pictures are large (Esser et al. 2024, Eq. 23).
double shifted(const SchedulerConfig& c, double share, const SamplerOptions& options) {
  if (!c.use_dynamic_shifting) return c.shift * share / (1 + (c.shift - 1) * share);
  const double mu = options.mu.value_or(c.base_shift);
  const double factor = c.time_shift_type == "exponential" ? std::exp(mu) : mu;
  return factor / (factor + 1 / share - 1);
}

// In flow matching, x_t = (1 - share) clean + share noise.
Levels flow_levels(const SampleSettings& s, const Schedule& schedule) {
  const SchedulerConfig& c = schedule.config();
  const double tail = 1. / c.num_train_timesteps;
  const double lowest = c.use_dynamic_shifting ? tail : shifted(c, tail, s.options);
  std::vector<double> shares;
  for (int i = 0; i < s.steps; ++i) {
    const double even = s.steps == 1 ? 1 : 1 + (lowest - 1) * i / (s.steps - 1);
    shares.push_back(shifted(c, even, s.options));
  }
  if (c.shift_terminal) {
    const double stretch = (1 - *c.shift_terminal) / (1 - shares.back());
    for (double& share : shares) share = 1 - (1 - share) * stretch;
  }
  const double high = shares.front(), low = shares.back();
  const bool respaced = c.use_karras_sigmas || c.use_exponential_sigmas || c.use_beta_sigmas;
  if (c.use_karras_sigmas) shares = karras_sigmas(s.steps, low, high, 7);
  if (c.use_exponential_sigmas) shares = log_uniform_sigmas(s.steps, low, high);
  if (c.use_beta_sigmas) shares = beta_sigmas(s.steps, low, high);
  if (respaced) shares.pop_back();

  Levels levels{schedule, {}, {}};
  for (double share : shares) {
    share = float(share);
    levels.sigmas.push_back(std::min(share / (1 - share), kMaxSigma));
    levels.times.push_back(float((c.invert_sigmas ? 1 - share : share) * c.num_train_timesteps));
  }
  levels.start = 1 / schedule.own(levels.sigmas.front());
  levels.sigmas.push_back(0);
  return levels;
}

Levels edm_levels(const SampleSettings& s, const Schedule& schedule) {
  const SchedulerConfig& c = schedule.config();
  const double low = *c.sigma_min, high = *c.sigma_max;
  Levels levels{schedule, {}, {}};
  levels.sigmas = c.sigma_schedule == "karras" ? karras_sigmas(s.steps, low, high, c.rho)
                                               : log_uniform_sigmas(s.steps, low, high);
  for (int i = 0; i < s.steps; ++i) {
    levels.sigmas[std::size_t(i)] = float(levels.sigmas[std::size_t(i)]);
    levels.times.push_back(schedule.time(levels.sigmas[std::size_t(i)]));
  }
  if (c.final_sigmas_type == "sigma_min") levels.end = float(low);
  levels.start = std::sqrt(high * high + 1);
  return levels;
}

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

}  // namespace

Coefficients Levels::at(double sigma) const {
  Coefficients c = schedule.at(sigma);
  const auto found = std::find(sigmas.begin(), sigmas.end(), sigma);
  const std::size_t index = std::size_t(found - sigmas.begin());
  if (index < times.size()) c.time = times[index];
  return c;
}

double Levels::sigma_before(double time) const {
  if (time >= 0) return schedule.sigma_at(time);
  return schedule.config().set_alpha_to_one ? 0 : schedule.sigma_min();
}

Levels levels_of(const SampleSettings& settings, const Schedule& schedule) {
  check(settings);
  if (settings.grid != GridKind::kModel) return chosen_levels(settings, schedule);
  if (schedule.has_table()) return table_levels(settings, schedule);
  return schedule.config().kind == Kind::kFlowEuler ? flow_levels(settings, schedule)
                                                    : edm_levels(settings, schedule);
}

}  // namespace stepwise
