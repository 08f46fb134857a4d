#include "settings/grid.h"

#include <boost/math/special_functions/beta.hpp>
#include <cmath>

namespace stepwise {
namespace {

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
    const double share = boost::math::ibeta_inv(0.6, 0.6, 1 - double(i) / (steps - 1));
    sigmas.push_back(sigma_min + share * (sigma_max - sigma_min));
  }
  if (steps > 1) sigmas.back() = sigma_min;
  sigmas.push_back(0);
  return sigmas;
}

// What has been drawn may have more points than there are steps, or fewer.
std::vector<double> drawn_sigmas(const SampleSettings& s) {
  std::vector<double> sigmas = log_uniform_sigmas(s.steps, s.sigma_min, s.sigma_max);
  if (s.grid_shape.empty()) return sigmas;
  for (int i = 1; i < s.steps - 1; ++i)
    sigmas[std::size_t(i)] =
        between(s.sigma_max, s.sigma_min, along(s.grid_shape, double(i) / (s.steps - 1)));
  return sigmas;
}

double between(double sigma, double next, double share) {
  return sigma * std::pow(next / sigma, share);
}

double share_between(double sigma, double next, double level) {
  return std::log(level / sigma) / std::log(next / sigma);
}

std::vector<double> sigma_grid(const SampleSettings& s) {
  check(s);
  if (s.grid == GridKind::kLogUniform) return log_uniform_sigmas(s.steps, s.sigma_min, s.sigma_max);
  if (s.grid == GridKind::kDrawn) return drawn_sigmas(s);
  const bool listed = s.grid == GridKind::kModel && !s.options.timesteps.empty();
  const int steps = listed ? int(s.options.timesteps.size()) : s.steps;
  return karras_sigmas(steps, s.sigma_min, s.sigma_max, s.rho);
}

}  // namespace stepwise
