// Adams-Bashforth and its kin: the slope dx/dsigma is extrapolated from the steps before by a
// polynomial, and that is integrated.
#include <array>
#include <cmath>

#include "diffusion/move.h"

namespace stepwise {
namespace {

// sigma here and at the steps before, newest first, as many as are known up to `most`.
std::vector<double> levels_known(const Move& m, std::size_t most) {
  std::vector<double> sigmas{m.sigma};
  for (const History::Past& past : m.history.past)
    if (sigmas.size() < most) sigmas.push_back(past.sigma);
  return sigmas;
}

// x + sum of weights times slopes, here first.
Tensor along(const Move& m, const std::vector<double>& weights) {
  Tensor moved = m.x + weights[0] * m.slope();
  for (std::size_t i = 1; i < weights.size(); ++i)
    moved = moved + weights[i] * m.history.past[i - 1].slope();
  m.history.remember({m.sigma, m.x, m.clean});
  return moved;
}

// The polynomial that is 1 at points[j] and 0 at the others.
double lagrange(const std::vector<double>& points, std::size_t j, double at) {
  double product = 1;
  for (std::size_t l = 0; l < points.size(); ++l)
    if (l != j) product *= (at - points[l]) / (points[j] - points[l]);
  return product;
}

// Coefficients of that polynomial in powers of u, for points relative to u = 0.
std::vector<double> lagrange_powers(const std::vector<double>& points, std::size_t j) {
  std::vector<double> powers{1};
  for (std::size_t l = 0; l < points.size(); ++l) {
    if (l == j) continue;
    powers.push_back(0);
    for (std::size_t k = powers.size() - 1; k > 0; --k)
      powers[k] = powers[k - 1] - points[l] * powers[k];
    powers[0] *= -points[l];
    for (double& power : powers) power /= points[j] - points[l];
  }
  return powers;
}

}  // namespace

const std::vector<double>& adams_bashforth(const Move& m) {
  static const std::array<std::vector<double>, 4> kCoefficients{{
      {1},
      {3. / 2, -1. / 2},
      {23. / 12, -16. / 12, 5. / 12},
      {55. / 24, -59. / 24, 37. / 24, -9. / 24},
  }};
  return kCoefficients[m.history.past.size()];
}

// Linear multistep with the polynomial in sigma, four slopes. Gauss' two points integrate a cubic
// exactly.
Tensor lms(const Move& m) {
  const std::vector<double> sigmas = levels_known(m, 4);
  const double middle = (m.sigma + m.next) / 2, half = (m.next - m.sigma) / 2;
  const double offset = half / std::sqrt(3.);
  std::vector<double> weights;
  for (std::size_t j = 0; j < sigmas.size(); ++j)
    weights.push_back(
        half * (lagrange(sigmas, j, middle - offset) + lagrange(sigmas, j, middle + offset)));
  return along(m, weights);
}

// The same with the polynomial in ln sigma, three slopes (Zhang and Chen 2023, "rho-AB" in the
// log). With u = ln(sigma / here) each power is integrated by parts: the integral I_k of u^k e^u is
// u^k e^u - k I_{k-1}.
Tensor deis(const Move& m) {
  if (m.next == 0) return m.clean;
  std::vector<double> points = levels_known(m, 3);
  for (double& point : points) point = std::log(point / m.sigma);
  const double end = std::log(m.next / m.sigma);
  std::array<double, 3> integrals{std::expm1(end), 0, 0};
  for (int k = 1; k < 3; ++k)
    integrals[k] = std::pow(end, k) * std::exp(end) - k * integrals[k - 1];
  std::vector<double> weights(points.size(), 0);
  for (std::size_t j = 0; j < points.size(); ++j) {
    const std::vector<double> powers = lagrange_powers(points, j);
    for (std::size_t k = 0; k < powers.size(); ++k)
      weights[j] += m.sigma * powers[k] * integrals[k];
  }
  return along(m, weights);
}

// With the coefficients of even steps ("improved PNDM"; its authors and later work keep even steps'
// coefficients on uneven levels too).
Tensor ipndm(const Move& m) {
  if (m.next == 0) return m.clean;
  std::vector<double> weights = adams_bashforth(m);
  for (double& weight : weights) weight *= m.next - m.sigma;
  return along(m, weights);
}

}  // namespace stepwise
