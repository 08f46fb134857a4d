// Levels of flow matching, where x_t = (1 - share) clean + share noise.
#include <algorithm>
#include <cmath>

#include "diffusion/betas.h"
#include "diffusion/own_levels.h"
#include "diffusion/time_grid.h"
#include "settings/grid.h"

namespace stepwise {
namespace {

using Kind = SchedulerClass;

double level_of(double share) {
  return share < 1 ? std::min(share / (1 - share), kMaxSigma) : kMaxSigma;
}

// Noise by so much more where pictures are large (Esser et al. 2024, Eq. 23).
double shifted(const SchedulerConfig& c, double share, const SamplerOptions& options) {
  const bool asked = options.mu || c.kind == Kind::kFlowEuler;  // Solvers have no mu of their own.
  if (!c.use_dynamic_shifting || !asked) return c.shift * share / (1 + (c.shift - 1) * share);
  const double mu = options.mu.value_or(c.base_shift);
  const double factor = c.time_shift_type == "exponential" ? std::exp(mu) : mu;
  return factor / (factor + 1 / share - 1);
}

// diffusers' Euler ends at the last share of its table, which is shifted already.
std::vector<double> euler_shares(const SampleSettings& s, const SchedulerConfig& c) {
  const double tail = 1. / c.num_train_timesteps;
  return even_numbers(1, c.use_dynamic_shifting ? tail : shifted(c, tail, s.options), s.steps);
}

// Solvers lay out one more and drop the last. DPM-Solver's begin a training step below pure noise,
// UniPC's with pure noise.
std::vector<double> solver_shares(const SampleSettings& s, const SchedulerConfig& c) {
  std::vector<double> shares = even_numbers(1, 1. / c.num_train_timesteps, s.steps + 1);
  if (c.kind == Kind::kDpmMultistep) {
    std::reverse(shares.begin(), shares.end());
    for (double& share : shares) share = 1 - share;
  }
  shares.pop_back();
  return shares;
}

// Less noise all along, so that this share is left at the last level. In diffusers' order: times
// are cut to whole numbers, and rounding can decide.
void stretch(std::vector<double>& shares, double last) {
  if (shares.back() == 1) return;  // A single level of pure noise cannot be stretched.
  const double factor = (1 - shares.back()) / (1 - last);
  for (double& share : shares) share = 1 - (1 - share) / factor;
}

// Spread between the same ends in other ways.
void respace(std::vector<double>& shares, const SchedulerConfig& c) {
  const int steps = int(shares.size());
  const auto share = [](const std::optional<double>& end, double own) {
    return end && *end < 1 ? *end : own;  // Left over from EDM it may be a level, of up to 80.
  };
  const double high = share(c.sigma_max, shares.front()), low = share(c.sigma_min, shares.back());
  if (c.use_karras_sigmas) shares = karras_sigmas(steps, low, high, 7);
  if (c.use_exponential_sigmas) shares = log_uniform_sigmas(steps, low, high);
  if (c.use_beta_sigmas) shares = beta_sigmas(steps, low, high);
  shares.resize(std::size_t(steps));  // Without the 0 at the end.
}

// UniPC: Karras' levels over the range of the betas, though the network is one of flows.
std::vector<double> karras_shares(const SchedulerConfig& c, int steps) {
  const auto level = [left = alphas_cumprod_of(c)](int i) {
    const double alpha2 = left[i].item<float>();
    return std::sqrt((1 - alpha2) / alpha2);
  };
  std::vector<double> shares =
      karras_sigmas(steps, c.sigma_min.value_or(level(0)), c.sigma_max.value_or(level(-1)), 7);
  shares.pop_back();
  for (double& share : shares) share /= 1 + share;
  return shares;
}

std::vector<double> shares_of(const SampleSettings& s, const SchedulerConfig& c) {
  if (is_solver(c.kind) && c.use_karras_sigmas) return karras_shares(c, s.steps);
  const bool euler = c.kind == Kind::kFlowEuler;
  std::vector<double> shares = euler ? euler_shares(s, c) : solver_shares(s, c);
  for (double& share : shares) share = shifted(c, share, s.options);
  if (c.shift_terminal && c.kind != Kind::kDpmMultistep) stretch(shares, *c.shift_terminal);
  if (euler) respace(shares, c);
  constexpr double kNearlyOne = 1e-6;
  if (c.kind == Kind::kUniPc && shares[0] > 1 - kNearlyOne) shares[0] -= kNearlyOne;
  return shares;
}

double time_of(const SchedulerConfig& c, double share) {
  if (c.kind != Kind::kFlowEuler) return std::trunc(share * c.num_train_timesteps);
  share = float(share);
  return float((c.invert_sigmas ? 1 - share : share) * c.num_train_timesteps);
}

// diffusers' DPM-Solver ends at the first level of the betas, though no network of flows was
// trained with them, and takes it for a share.
double end_of(const Levels& levels) {
  const SchedulerConfig& c = levels.schedule.config();
  if (c.kind == Kind::kFlowEuler || c.final_sigmas_type != "sigma_min") return 0;
  if (c.kind == Kind::kUniPc) return levels.sigmas.back();
  const double left = alphas_cumprod_of(c)[0].item<float>();
  return level_of(float(std::sqrt((1 - left) / left)));
}

}  // namespace

Levels flow_levels(const SampleSettings& s, const Schedule& schedule) {
  const SchedulerConfig& c = schedule.config();
  Levels levels{schedule, {}, {}};
  for (const double share : shares_of(s, c)) {
    levels.sigmas.push_back(level_of(float(share)));
    levels.times.push_back(time_of(c, share));
  }
  levels.start = 1 / schedule.own(levels.sigmas.front());
  levels.end = end_of(levels);
  levels.sigmas.push_back(0);
  return levels;
}

}  // namespace stepwise
