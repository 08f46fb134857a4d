#include "diffusion/regression.h"

#include <algorithm>
#include <utility>

#include "diffusion/coefficients.h"
#include "diffusion/forward.h"

namespace stepwise {

namespace {

using torch::Tensor;

constexpr double kMostSnr = 5;        // gamma of Hang et al. 2023.
constexpr double kLeastLevel = 1e-4;  // With a time: what a network says of less noise is nothing.

Tensor per_picture(const Tensor& value) { return value.view({-1, 1, 1, 1}); }

// Of the squared error of D.
Tensor weight_of_guess(Weighting weighting, const Tensor& sigma, double sigma_data) {
  if (weighting == Weighting::kMinSnr) return sigma.pow(-2).clamp_max(kMostSnr);
  const double data = sigma_data * sigma_data;
  return (sigma.square() + data) / (sigma.square() * data);
}

}  // namespace

// The network's, at its first level and at its last.
std::pair<double, double> Regressor::times() const {
  const SchedulerConfig& config = schedule_.config();
  if (is_flow(config) || schedule_.has_severity()) return {0, config.num_train_timesteps};
  if (table_.defined()) return {0, double(table_.size(0) - 1)};
  return {schedule_.time(config.sigma_min.value_or(0.002)),
          schedule_.time(config.sigma_max.value_or(80))};
}

Regressor::Regressor(Schedule schedule, double sigma_data, torch::Device device)
    : schedule_(std::move(schedule)), sigma_data_(sigma_data), device_(device) {
  if (schedule_.has_table()) table_ = torch::tensor(schedule_.table(), torch::kDouble).to(device);
}

Regression Regressor::operator()(const Tensor& clean, const Tensor& noise, const Tensor& sigma,
                                 Weighting weighting) const {
  const auto c = coefficients(schedule_.config(), sigma, time(sigma));
  const Tensor x = worsened(schedule_, clean, sigma, noise);
  return {per_picture(c.in) * x + c.shift, c.time,
          (clean - per_picture(c.skip) * x) / per_picture(c.out), weight(sigma, c.out, weighting),
          weight(sigma, c.out, Weighting::kEdm)};
}

Regression Regressor::consistent(const Tensor& clean, const Tensor& noise, const Tensor& sigma,
                                 const Tensor& below, Weighting weighting) const {
  Regression regression = (*this)(clean, noise, sigma, weighting);
  const auto c = coefficients(schedule_.config(), below, time(below.clamp_min(kLeastLevel)));
  const Tensor x = worsened(schedule_, clean, below, noise);
  const Tensor out = coefficients(schedule_.config(), sigma, regression.timestep).out;
  const Tensor known = per_picture(below.gt(0)) * (per_picture(c.skip) * x - clean);
  regression.target = regression.target + known / per_picture(out);
  regression.own = {per_picture(c.in) * x + c.shift, c.time, per_picture(c.out / out)};
  const Tensor shrunk = sigma / (sigma - below);
  regression.weight = regression.weight * shrunk;
  regression.edm_weight = regression.edm_weight * shrunk;
  return regression;
}

// Of the squared error of F, whose answers D holds `out` times.
Tensor Regressor::weight(const Tensor& sigma, const Tensor& out, Weighting weighting) const {
  if (weighting == Weighting::kUniform || schedule_.has_severity()) return torch::ones_like(sigma);
  return weight_of_guess(weighting, sigma, sigma_data_) * out.square();
}

Tensor Regressor::time(const Tensor& sigma) const {
  const SchedulerConfig& config = schedule_.config();
  return goes_by_step(config) ? step_of(sigma) : time_of_level(config, sigma);
}

// As Schedule::step_of(): linear in ln sigma between training steps, which are compared in single
// precision.
Tensor Regressor::step_of(const Tensor& sigma) const {
  const Tensor above =
      torch::searchsorted(table_.to(torch::kFloat), sigma.to(torch::kFloat), false, /*right=*/true);
  const Tensor below = (above - 1).clamp(0, table_.size(0) - 2);
  const Tensor low = table_.index_select(0, below), high = table_.index_select(0, below + 1);
  const Tensor share = (sigma / low).log() / (high / low).log();
  return (below + share.clamp(0, 1)).to(sigma.scalar_type());
}

Tensor Regressor::levels_at(const Tensor& shares) const {
  const auto [first, last] = times();
  const Tensor time = first + (last - first) * shares;
  if (schedule_.has_severity()) return shares;
  if (is_flow(schedule_.config())) return shares / (1 - shares);
  if (!table_.defined()) return (4 * time).exp();
  const Tensor below = time.floor().to(torch::kLong).clamp(0, table_.size(0) - 2);
  return torch::lerp(table_.index_select(0, below), table_.index_select(0, below + 1),
                     (time - below).to(torch::kDouble));
}

double Regressor::share_below(double sigma) const {
  const auto [first, last] = times();
  return std::clamp((schedule_.time(sigma) - first) / (last - first), 0., 1.);
}

Tensor Regressor::known(const Tensor& sigma) const {
  return sigma.clamp(schedule_.sigma_min(), schedule_.sigma_max());
}

}  // namespace stepwise
