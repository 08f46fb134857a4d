#include "diffusion/grid.h"

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

std::vector<double> sigma_grid(const SampleSettings& s) {
  check(s);
  return s.grid == GridKind::kKarras ? karras_sigmas(s.steps, s.sigma_min, s.sigma_max, s.rho)
                                     : log_uniform_sigmas(s.steps, s.sigma_min, s.sigma_max);
}

}  // namespace stepwise
