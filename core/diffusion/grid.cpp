#include "diffusion/grid.h"

#include <algorithm>
#include <cmath>

namespace stepwise {
namespace {

// The distribution function of Beta(a, a) at x. With x = sin^2(theta / 2) its density becomes
// sin(theta)^(2a - 1) up to a factor, and what is left to integrate by Simpson's rule, after taking
// out theta^(2a - 1) at the end where the power is not smooth, is smooth.
double beta_cdf(double x, double a) {
  if (x > 0.5) return 1 - beta_cdf(1 - x, a);
  constexpr int kPieces = 64;
  const double power = 2 * a - 1, whole = std::pow(2 * std::asin(std::sqrt(x)), power + 1);
  const double scale = std::tgamma(2 * a) / std::pow(std::tgamma(a), 2) / std::pow(2, power);
  double sum = 0;  // Over u = theta^(power + 1).
  for (int i = 0; i <= kPieces; ++i) {
    const double theta = std::pow(whole * i / kPieces, 1 / (power + 1));
    const double ratio = theta == 0 ? 1 : std::sin(theta) / theta;
    sum += std::pow(ratio, power) * (i == 0 || i == kPieces ? 1 : i % 2 == 1 ? 4 : 2);
  }
  return scale * sum * whole / kPieces / 3 / (power + 1);
}

// The x where beta_cdf is `share`, by bisection.
double beta_quantile(double share, double a) {
  double low = 0, high = 1;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (beta_cdf(middle, a) < share ? low : high) = middle;
  }
  return (low + high) / 2;
}

// `steps` levels whose images under `from` are evenly spaced, mapped back by `to`; then 0.
template <class From, class To>
std::vector<double> even_in(int steps, double sigma_min, double sigma_max, From from, To to) {
  const double first = from(sigma_max), last = from(sigma_min);
  std::vector<double> sigmas{sigma_max};
  for (int i = 1; i < steps; ++i) sigmas.push_back(to(first + (last - first) * i / (steps - 1)));
  if (steps > 1) sigmas.back() = sigma_min;  // Exactly, whatever the rounding.
  sigmas.push_back(0);
  return sigmas;
}

}  // namespace

std::vector<double> karras_sigmas(int steps, double sigma_min, double sigma_max, double rho) {
  return even_in(
      steps, sigma_min, sigma_max, [=](double sigma) { return std::pow(sigma, 1 / rho); },
      [=](double root) { return std::pow(root, rho); });
}

std::vector<double> log_uniform_sigmas(int steps, double sigma_min, double sigma_max) {
  return even_in(
      steps, sigma_min, sigma_max, [](double sigma) { return std::log(sigma); },
      [](double log) { return std::exp(log); });
}

std::vector<double> beta_sigmas(int steps, double sigma_min, double sigma_max) {
  std::vector<double> sigmas{sigma_max};
  for (int i = 1; i < steps; ++i) {
    const double share = beta_quantile(1 - double(i) / (steps - 1), 0.6);
    sigmas.push_back(sigma_min + share * (sigma_max - sigma_min));
  }
  if (steps > 1) sigmas.back() = sigma_min;
  sigmas.push_back(0);
  return sigmas;
}

double between(double sigma, double next, double share) {
  return sigma * std::pow(next / sigma, share);
}

std::vector<double> sigma_grid(const SampleSettings& s) {
  check(s);
  if (s.grid == GridKind::kLogUniform) return log_uniform_sigmas(s.steps, s.sigma_min, s.sigma_max);
  const bool listed = s.grid == GridKind::kModel && !s.options.timesteps.empty();
  const int steps = listed ? int(s.options.timesteps.size()) : s.steps;
  return karras_sigmas(steps, s.sigma_min, s.sigma_max, s.rho);
}

}  // namespace stepwise
