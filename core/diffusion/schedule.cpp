#include "diffusion/schedule.h"

#include <algorithm>
#include <cmath>

#include "diffusion/betas.h"

namespace stepwise {
namespace {

using Kind = SchedulerClass;

std::vector<double> sigma_table(const SchedulerConfig& config) {
  const torch::Tensor left = alphas_cumprod_of(config);
  std::vector<double> sigmas;
  for (std::int64_t i = 0; i < left.size(0); ++i) {
    const double alpha2 = left[i].item<float>();  // The square of alpha.
    sigmas.push_back(std::min(std::sqrt((1 - alpha2) / alpha2), kMaxSigma));
  }
  return sigmas;
}

double edm_data(const SchedulerConfig& c) { return c.sigma_data * c.sigma_data; }

}  // namespace

Schedule::Schedule(double sigma_data) {
  config_.sigma_data = sigma_data;
  config_.sigma_min = 0.002;
  config_.sigma_max = 80;
}

Schedule::Schedule(const SchedulerConfig& config) : config_(config) {
  if (has_betas(config.kind))
    table_ = std::make_shared<const std::vector<double>>(sigma_table(config));
}

Coefficients Schedule::at(double sigma) const {
  const double t = time(sigma), square = sigma * sigma;
  if (has_table()) {
    const double alpha = 1 / std::sqrt(1 + square);
    if (config_.prediction_type == "sample") return {0, 1, alpha, t};
    if (predicts_velocity()) return {alpha * alpha, -sigma * alpha, alpha, t};
    return {1, -sigma, alpha, t};
  }
  if (config_.kind == Kind::kFlowEuler) {
    const double alpha = 1 / (1 + sigma);  // Answers noise - clean, or clean - noise.
    return {alpha, (config_.invert_sigmas ? 1 : -1) * sigma * alpha, alpha, t};
  }
  const double all = square + edm_data(config_);
  const double sign = config_.prediction_type == "v_prediction" ? -1 : 1;
  return {edm_data(config_) / all, sign * sigma * config_.sigma_data / std::sqrt(all),
          1 / std::sqrt(all), t};
}

double Schedule::time(double sigma) const {
  if (config_.kind == Kind::kFlowEuler) {
    const double share = config_.invert_sigmas ? 1 / (1 + sigma) : sigma / (1 + sigma);
    return share * config_.num_train_timesteps;
  }
  if (!has_table()) return std::log(sigma) / 4;
  const std::vector<double>& table = *table_;  // Linear in ln sigma between training steps.
  const auto above = std::upper_bound(table.begin(), table.end(), sigma);
  const auto below =
      std::clamp<std::ptrdiff_t>(above - table.begin() - 1, 0, std::ptrdiff_t(table.size()) - 2);
  const double low = table[std::size_t(below)], high = table[std::size_t(below) + 1];
  return double(below) + std::clamp(std::log(sigma / low) / std::log(high / low), 0., 1.);
}

double Schedule::sigma_at(double time) const {
  if (config_.kind == Kind::kFlowEuler) {
    const double share = time / config_.num_train_timesteps;
    const double noise = config_.invert_sigmas ? 1 - share : share;
    return std::min(noise / (1 - noise), kMaxSigma);
  }
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
  switch (config_.kind) {
    case Kind::kDdpm:
    case Kind::kDdim:
    case Kind::kPndm:
    case Kind::kDpmMultistep:
    case Kind::kUniPc:
      return 1 / std::sqrt(1 + sigma * sigma);
    case Kind::kFlowEuler:
      return 1 / (1 + sigma);
    default:
      return 1;
  }
}

double Schedule::sigma_min() const { return has_table() ? table_->front() : 0; }
double Schedule::sigma_max() const { return has_table() ? table_->back() : kMaxSigma; }

}  // namespace stepwise
