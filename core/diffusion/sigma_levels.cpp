// Levels of schedulers that add noise to the clean picture as we do. Some of their formulas are
// followed in single precision, by the same operations, where its rounding can be seen in pictures.
#include <torch/types.h>

#include <cmath>

#include "diffusion/own_levels.h"

namespace stepwise {
namespace {

using Kind = SchedulerClass;
using torch::Tensor;

std::vector<double> numbers_of(const Tensor& values) {
  const Tensor wide = values.to(torch::kDouble).contiguous();
  const double* first = wide.data_ptr<double>();
  return {first, first + wide.numel()};
}

// Karras et al. 2022, Eq. 5; or even in ln sigma, where a single level is the lowest. For
// DPM-Solver rounding sets the last level beside sigma_min, and its SDE adds noise for that.
Tensor edm_sigmas(const SchedulerConfig& c, int steps) {
  const double low = *c.sigma_min, high = *c.sigma_max;
  if (c.sigma_schedule == "exponential")
    return torch::linspace(std::log(low), std::log(high), steps, torch::kFloat).exp().flip(0);
  const auto precision = c.kind == Kind::kEdmEuler ? torch::kDouble : torch::kFloat;
  const double first = std::pow(high, 1 / c.rho), last = std::pow(low, 1 / c.rho);
  const Tensor way = torch::linspace(0, 1, steps, precision);
  return (first + way * (last - first)).pow(c.rho).to(torch::kFloat);
}

}  // namespace

Levels edm_levels(const SampleSettings& s, const Schedule& schedule) {
  const SchedulerConfig& c = schedule.config();
  Levels levels{schedule, numbers_of(edm_sigmas(c, s.steps)), {}};
  for (const double sigma : levels.sigmas) levels.times.push_back(schedule.time(sigma));
  if (c.final_sigmas_type == "sigma_min")
    levels.end = c.kind == Kind::kEdmEuler ? levels.sigmas.back() : float(*c.sigma_min);
  levels.start = std::sqrt(*c.sigma_max * *c.sigma_max + 1);
  levels.sigmas.push_back(0);
  return levels;
}

// Geometric. diffusers spreads the network's levels over times from 1 to sampling_eps, but what the
// steps take away over whole steps, the last of which ends at 0.
Levels score_levels(const SampleSettings& s, const Schedule& schedule) {
  const SchedulerConfig& c = schedule.config();
  const double low = *c.sigma_min, high = *c.sigma_max;
  const Tensor times = torch::linspace(1, c.sampling_eps, s.steps, torch::kFloat);
  const Tensor own = low * torch::pow(high / low, times);
  const Tensor whole = torch::linspace(std::log(low), std::log(high), s.steps, torch::kFloat).exp();
  const Tensor squares = torch::cat({torch::zeros(1), whole.square()});
  const Tensor falls = (squares.slice(0, 1) - squares.slice(0, 0, -1))
                           .index_select(0, (times * (s.steps - 1)).to(torch::kLong));
  Levels levels{schedule, numbers_of(2 * own), numbers_of(own)};
  levels.falls = numbers_of(4 * falls);
  // diffusers' x begins around 0, ours around what is 1/2 there: 1 against so much noise.
  levels.start = 2 * high;
  levels.sigmas.push_back(0);
  return levels;
}

}  // namespace stepwise
