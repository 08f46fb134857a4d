#include "diffusion/betas.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

#include "error.h"

namespace stepwise {
namespace {

using torch::Tensor;

constexpr double kMaxBeta = 0.999;

// The betas whose products of 1 - beta follow `signal`, a function of the time from 0 to 1 (Nichol
// and Dhariwal 2021, section 3.2).
Tensor following(int steps, const std::function<double(double)>& signal) {
  std::vector<float> betas;
  for (int i = 0; i < steps; ++i) {
    const double kept = signal((i + 1.0) / steps) / signal(double(i) / steps);
    betas.push_back(float(std::min(1 - kept, kMaxBeta)));
  }
  return torch::tensor(betas, torch::kFloat);
}

double cosine(double u) {
  return std::pow(std::cos((u + 0.008) / 1.008 * std::numbers::pi / 2), 2);
}

double laplace(double u) {
  const double side = u < 0.5 ? 1 : u > 0.5 ? -1 : 0;
  const double snr = std::exp(-0.5 * side * std::log(1 - 2 * std::abs(0.5 - u) + 1e-6));
  return std::sqrt(snr / (1 + snr));
}

Tensor scheduled(const SchedulerConfig& c) {
  const auto even = [&](double from, double to) {
    return torch::linspace(from, to, c.num_train_timesteps, torch::kFloat);
  };
  if (!c.trained_betas.empty()) return torch::tensor(c.trained_betas, torch::kFloat);
  if (c.beta_schedule == "linear") return even(c.beta_start, c.beta_end);
  if (c.beta_schedule == "scaled_linear")
    return even(std::sqrt(c.beta_start), std::sqrt(c.beta_end)).square();
  if (c.beta_schedule == "sigmoid")
    return torch::sigmoid(even(-6, 6)) * (c.beta_end - c.beta_start) + c.beta_start;
  if (c.beta_schedule == "squaredcos_cap_v2") return following(c.num_train_timesteps, cosine);
  if (c.beta_schedule == "laplace") return following(c.num_train_timesteps, laplace);
  if (c.beta_schedule == "exp")
    return following(c.num_train_timesteps, [](double u) { return std::exp(-12 * u); });
  throw Error(text_of("There is no beta_schedule '", c.beta_schedule, "'."));
}

Tensor products(const Tensor& betas) { return torch::cumprod(1 - betas, 0); }

// The same schedule shifted and stretched so that nothing of the signal is left at its end (Lin et
// al. 2024, Algorithm 1).
Tensor with_zero_terminal_snr(const Tensor& betas) {
  Tensor root = products(betas).sqrt();
  const Tensor first = root[0].clone(), last = root[-1].clone();
  root = (root - last) * (first / (first - last));
  const Tensor kept = root.square();
  const Tensor ratios = torch::cat({kept.slice(0, 0, 1), kept.slice(0, 1) / kept.slice(0, 0, -1)});
  return 1 - ratios;
}

}  // namespace

Tensor betas_of(const SchedulerConfig& config) {
  const Tensor betas = scheduled(config);
  return config.rescale_betas_zero_snr ? with_zero_terminal_snr(betas) : betas;
}

Tensor alphas_cumprod_of(const SchedulerConfig& config) {
  Tensor left = products(betas_of(config));
  if (config.rescale_betas_zero_snr && !is_whole(config.kind)) left[-1] = std::pow(2, -24);
  return left;
}

}  // namespace stepwise
