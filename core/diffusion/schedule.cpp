#include "diffusion/schedule.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "diffusion/betas.h"
#include "diffusion/coefficients.h"

namespace stepwise {
namespace {

using Kind = SchedulerClass;

std::vector<double> sigma_table(const SchedulerConfig& config) {
  const torch::Tensor left = alphas_cumprod_of(config);
  std::vector<double> sigmas;
  for (std::int64_t i = 0; i < left.size(0); ++i) {
    const double alpha2 = left[i].item<float>();  // The square of alpha.
    const double most = sigmas.empty() ? kMaxSigma : std::max(sigmas.back(), kMaxSigma);
    sigmas.push_back(alpha2 > 0 ? std::sqrt((1 - alpha2) / alpha2) : most);
  }
  return sigmas;
}

// The last training step but one, or before it the last whose level is no higher, in single
// precision. Searched from the end: after rescale_betas_zero_snr the table falls where it ends.
std::size_t last_below(const std::vector<double>& table, double sigma) {
  std::size_t i = table.size() - 1;
  while (i > 0 && float(table[i]) > float(sigma)) --i;
  return std::min(i, table.size() - 2);
}

}  // namespace

Schedule::Schedule(double sigma_data) {
  config_.sigma_data = sigma_data;
  config_.sigma_min = 0.002;
  config_.sigma_max = 80;
}

Schedule::Schedule(const SchedulerConfig& config) : config_(config) {
  if (has_betas(config.kind) && !is_flow(config))
    table_ = std::make_shared<const std::vector<double>>(sigma_table(config));
}

Schedule::Schedule(DegradationStack degradation) : Schedule() {
  config_.degradation = std::move(degradation);
}

Coefficients Schedule::at(double sigma) const { return coefficients(config_, sigma, time(sigma)); }

double Schedule::time(double sigma) const {
  return goes_by_step(config_) ? step_of(sigma) : time_of_level(config_, sigma);
}

double Schedule::step_of(double sigma) const {
  const std::vector<double>& table = *table_;  // Linear in ln sigma between training steps.
  const std::size_t below = last_below(table, sigma);
  const double low = table[below], high = table[below + 1];
  if (high == low) return double(below);
  return double(below) + std::clamp(std::log(sigma / low) / std::log(high / low), 0., 1.);
}

double Schedule::sigma_at(double time) const {
  if (is_flow(config_)) {
    const double share = time / config_.num_train_timesteps;
    const double noise = config_.invert_sigmas ? 1 - share : share;
    return std::min(noise / (1 - noise), kMaxSigma);
  }
  if (has_severity()) return time / config_.num_train_timesteps;
  if (config_.kind == Kind::kScoreSdeVe) return 2 * time;
  if (!has_table()) return std::exp(4 * time);
  const std::vector<double>& table = *table_;
  const double inside = std::clamp(time, 0., double(table.size() - 1));
  const std::size_t below = std::min(std::size_t(inside), table.size() - 2);
  const double share = inside - double(below);
  if (share == 0) return table[below];
  if (share == 1) return table[below + 1];
  return table[below] + share * (table[below + 1] - table[below]);
}

double Schedule::own(double sigma) const {
  if (is_flow(config_)) return 1 / (1 + sigma);
  const bool counts_both = is_whole(config_.kind) || is_solver(config_.kind);
  return counts_both ? 1 / std::sqrt(1 + sigma * sigma) : 1;
}

double Schedule::sigma_min() const {
  if (config_.kind == Kind::kScoreSdeVe) return sigma_at(*config_.sigma_min);
  return has_table() ? table_->front() : 0;
}

double Schedule::sigma_max() const {
  if (config_.kind == Kind::kScoreSdeVe) return sigma_at(*config_.sigma_max);
  if (has_severity()) return 1;
  return has_table() ? table_->back() : kMaxSigma;
}

}  // namespace stepwise
