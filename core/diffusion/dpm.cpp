// DPM-Solver and DPM-Solver++ (Lu et al. 2022a, 2022b), in lambda = -ln sigma with alpha = 1. The
// ++ solvers are exact where the guess is constant over the step, the others where the noise is.
#include <algorithm>
#include <cmath>

#include "diffusion/move.h"
#include "settings/grid.h"

namespace stepwise {
namespace {

// First and second derivative of the guess or the noise, in units of this step's length h.
struct Differences {
  Tensor first, second;
};

Differences differences(const Move& m, int order) {
  if (order == 1) return {};
  const std::vector<History::Past>& past = m.history.past;
  const double h = std::log(m.sigma / m.next);
  const double r0 = std::log(past[0].sigma / m.sigma) / h;
  const Tensor near = (m.value() - m.value(0)) / r0;
  if (order == 2) return {near, {}};
  const double r1 = std::log(past[1].sigma / past[0].sigma) / h;
  const Tensor bend = (near - (m.value(0) - m.value(1)) / r1) / (r0 + r1);
  return {near + r0 * bend, 2 * bend};
}

// The highest order that the history, the end of the run and the options allow.
int order_of(const Move& m, int order) {
  const SamplerOptions& o = m.options();
  const int left = m.levels.steps() - m.step;  // This step included.
  const bool few = o.lower_order_final && m.levels.steps() < 15;
  if (m.next == 0 || (left == 1 && (few || o.euler_at_final))) return 1;
  if (left == 2 && few) order = std::min(order, 2);
  return std::min({order, o.order_limit, int(m.history.past.size()) + 1});
}

// The weight of the second derivative. diffusers, as the code that came with the paper, gives it
// half of what the integral does, and in its SDE less a half: their solvers are then of lower
// order.
double third_order(const Move& m, double exact, bool fresh_noise) {
  if (!m.options().third_order_as_diffusers) return exact;
  return (fresh_noise ? exact - 1 : exact) / 2;
}

// Down to `down`, where h is longer, and fresh noise up from there: without it down = next. One
// formula for ODE (Lu et al. 2022b, Alg. 2) and SDE (their appendix).
Tensor guesses_extrapolated(const Move& m, int order, double up) {
  const double down = std::sqrt(std::max(0., m.next * m.next - up * up));
  Tensor moved = euler_step(m.x, m.clean, m.sigma, down);
  if (order > 1) {
    const double h = std::log(m.sigma / down), kept = 1 - down / m.sigma;
    const Differences d = differences(m, order);
    const bool midpoint = order == 2 && m.options().second_order == SecondOrder::kMidpoint;
    moved = moved + (midpoint ? kept / 2 : 1 - kept / h) * d.first;
    const double exact = (kept - h) / (h * h) + 0.5;
    if (order == 3) moved = moved + third_order(m, exact, up > 0) * d.second;
  }
  return up == 0 ? moved : moved + up * m.noise(m.x);
}

// Lu et al. 2022a. With fresh noise the drift is 1 + eta^2 times that of the ODE.
Tensor noise_extrapolated(const Move& m, int order, double eta) {
  if (m.next == 0) return m.clean;
  if (eta > 0) order = std::min(order, 2);
  const double h = std::log(m.sigma / m.next), grown = std::expm1(h);
  const double drift = -m.next * (1 + eta * eta);
  const Differences d = differences(m, order);
  // x less the drift, without the difference of large numbers where sigma is large.
  Tensor moved = euler_step(m.x, m.clean, m.sigma, m.next);
  if (eta > 0) moved = moved + (drift + m.next) * grown * m.slope();
  const bool midpoint = order == 2 && m.options().second_order == SecondOrder::kMidpoint;
  if (order > 1) moved = moved + drift * (midpoint ? grown / 2 : grown / h - 1) * d.first;
  const double exact = (grown - h) / (h * h) - 0.5;
  if (order > 2) moved = moved + drift * third_order(m, exact, false) * d.second;
  const double up = eta * std::sqrt(m.sigma * m.sigma - m.next * m.next);
  return up == 0 ? moved : moved + up * m.noise(m.x);
}

}  // namespace

Tensor dpm_multistep(const Move& m, int order, bool stochastic) {
  if (m.next == m.sigma) return m.x;  // A scheduler that ends where its last level already is.
  order = order_of(m, order);
  const double eta = stochastic ? m.settings.eta : 0;
  const Tensor moved = m.options().extrapolate_noise
                           ? noise_extrapolated(m, order, eta)
                           : guesses_extrapolated(m, order, eta * ancestral_noise(m.sigma, m.next));
  m.history.remember({m.sigma, m.x, m.clean});
  return moved;
}

// Lu et al. 2022b, Alg. 1: with the guess from half-way.
Tensor dpm_singlestep_2(const Move& m) {
  if (m.last()) return euler_step(m.x, m.clean, m.sigma, m.next);
  const double middle = between(m.sigma, m.next, 1. / 2);
  const Tensor there = euler_step(m.x, m.clean, m.sigma, middle);
  return euler_step(m.x, m.evaluate(there, middle), m.sigma, m.next);
}

// Lu et al. 2022a, Alg. 2, for guesses: from one third and two thirds of the way.
Tensor dpm_singlestep_3(const Move& m) {
  if (m.last()) return euler_step(m.x, m.clean, m.sigma, m.next);
  const double third = between(m.sigma, m.next, 1. / 3), thirds = between(m.sigma, m.next, 2. / 3);
  const double h = std::log(m.sigma / m.next);
  // What a guess that grows by 1 over a length in lambda adds to x there.
  const auto growing = [](double length) { return 1 + std::expm1(-length) / length; };
  const Tensor first = m.evaluate(euler_step(m.x, m.clean, m.sigma, third), third) - m.clean;
  const Tensor there = euler_step(m.x, m.clean, m.sigma, thirds) + 2 * growing(h * 2 / 3) * first;
  const Tensor second = m.evaluate(there, thirds) - m.clean;
  return euler_step(m.x, m.clean, m.sigma, m.next) + 1.5 * growing(h) * second;
}

}  // namespace stepwise
