// First order: one straight line per step, with more or less fresh noise.
#include <algorithm>
#include <cmath>

#include "diffusion/move.h"

namespace stepwise {
namespace {

// The guess from the network's answer at (x, sigma), as if it had been given for (at, level). For
// velocities diffusers keeps the coefficients of sigma.
Tensor guess_elsewhere(const Move& m, const Tensor& at, double level) {
  const Coefficients here = m.levels.at(m.sigma);
  const Coefficients there = m.levels.schedule.predicts_velocity() ? here : m.levels.at(level);
  const Tensor answer = (m.guess.clean - here.skip * m.x) / here.out;
  return clipped(m.options(), there.skip * at + there.out * answer);
}

// Standard deviation of DDPM's noise. The options' variances count in units of the
// variance-preserving x; divided by the square of alpha they count in ours.
Tensor ddpm_noise(const Move& m) {
  const double s2 = m.sigma * m.sigma, next2 = m.next * m.next, alpha2 = 1 / (1 + next2);
  const double large = (s2 - next2) / (1 + s2);  // beta between the two levels.
  const double up = ancestral_noise(m.sigma, m.next);
  const double small = std::max(up * up * alpha2, 1e-20);
  const Tensor& said = m.guess.variance;
  const auto constant = [&](double v) { return torch::full_like(m.x, std::sqrt(v / alpha2)); };
  if (m.options().variance == Variance::kLarge) return constant(large);
  if (m.options().variance == Variance::kSmall || !said.defined()) return constant(small);
  if (m.options().variance == Variance::kLearned) return (said / alpha2).sqrt();
  const Tensor share = (said + 1) / 2;  // Of ln large (Nichol and Dhariwal 2021, Eq. 15).
  return (0.5 * (share * std::log(large) + (1 - share) * std::log(small))).exp() /
         std::sqrt(alpha2);
}

}  // namespace

// x + (next - sigma) (x - D) / sigma, arranged to be exactly D at next = 0 (Song et al. 2021a, Eq.
// 12 with x rescaled; the DDIM step).
Tensor euler_step(const Tensor& x, const Tensor& denoised, double sigma, double next) {
  return denoised + (next / sigma) * (x - denoised);
}

double ancestral_noise(double sigma, double next) {
  const double ratio = next / sigma;
  return next * std::sqrt(std::max(0., 1 - ratio * ratio));
}

// With churn, Karras et al. 2022, Alg. 2, but with the network's answer from before the noise.
Tensor euler(const Move& m) {
  const SamplerOptions& o = m.options();
  const bool churns = o.churn > 0 && m.sigma >= o.churn_min && m.sigma <= o.churn_max;
  if (!churns) return euler_step(m.x, m.clean, m.sigma, m.next);
  const double gamma = std::min(o.churn / m.levels.steps(), std::sqrt(2.) - 1);
  const double up = m.sigma * (1 + gamma);
  const double spread = o.churn_noise * std::sqrt(up * up - m.sigma * m.sigma);
  const Tensor noisier = m.x + spread * m.noise(m.x);
  return euler_step(noisier, guess_elsewhere(m, noisier, up), up, m.next);
}

// Song et al. 2021a, Eq. 12 and 16: down to a lower level than `next`, then fresh noise up to it.
// With eta = 0 none is added; with eta = 1 this is the ancestral step of DDPM. The noise that stays
// follows from `denoised`.
static Tensor down_and_up(const Move& m, const Tensor& denoised) {
  const double up = m.settings.eta * ancestral_noise(m.sigma, m.next);
  const double down = std::sqrt(std::max(0., m.next * m.next - up * up));
  const Tensor moved = m.clean + (down / m.sigma) * (m.x - denoised);
  return up == 0 ? moved : moved + up * m.noise(m.x);
}

Tensor euler_ancestral(const Move& m) { return down_and_up(m, m.clean); }

Tensor ddim(const Move& m) {
  return down_and_up(m, m.options().noise_of_clipped ? m.clean : m.guess.clean);
}

// Ho et al. 2020, Eq. 7: the mean of q(x' | x, D). Nothing is added at time 0.
Tensor ddpm(const Move& m) {
  const double ratio = m.next / m.sigma;
  const Tensor mean = m.clean + ratio * ratio * (m.x - m.clean);
  const bool late = m.settings.grid == GridKind::kModel && m.levels.schedule.has_table() &&
                    m.levels.times[std::size_t(m.step)] > 0;
  if (m.next == 0 && !late) return mean;
  return mean + ddpm_noise(m) * m.noise(m.x);
}

// Song et al. 2023, Alg. 1: the guess, noised again.
Tensor consistency(const Move& m) {
  return m.next == 0 ? m.clean : m.clean + m.next * m.noise(m.x);
}

// Karras et al. 2022, Alg. 1. At sigma = 0 there is no slope to average with.
Tensor heun(const Move& m) {
  const Tensor there = euler_step(m.x, m.clean, m.sigma, m.next);
  if (m.last()) return there;
  const Tensor slope = (there - m.evaluate(there, m.next)) / m.next;
  return m.x + (m.next - m.sigma) * 0.5 * (m.slope() + slope);
}

}  // namespace stepwise
