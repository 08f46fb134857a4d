// Pseudo numerical methods (Liu et al. 2022): the classical methods of fourth order, with straight
// lines in (x, sigma) as their transfer. What is combined is the noise, or with velocities, as
// diffusers does it, the network's own answers.
//
// diffusers counts in training steps: its transfers end a fixed number of them lower, whether or
// not the level that is visited next lies there. Then x is taken for x at that level as it is in
// the scheduler's own units.
#include "diffusion/move.h"

namespace stepwise {
namespace {

// What is combined, of a guess at (x, sigma); and the noise that it stands for at (x, sigma).
Tensor answer_of(const Move& m, const Tensor& clean, const Tensor& x, double sigma) {
  if (!m.levels.schedule.predicts_velocity()) return (x - clean) / sigma;
  const Coefficients c = m.levels.at(sigma);
  return (clean - c.skip * x) / c.out;
}
Tensor noise_of(const Move& m, const Tensor& answer, const Tensor& x, double sigma) {
  if (!m.levels.schedule.predicts_velocity()) return answer;
  const Coefficients c = m.levels.at(sigma);
  return (x - c.skip * x - c.out * answer) / sigma;
}

Tensor transferred(const Move& m, const Tensor& x, double from, double to, const Tensor& answer) {
  return x + (to - from) * noise_of(m, answer, x, from);
}

Tensor evaluated(const Move& m, const Tensor& x, double sigma) {
  return answer_of(m, m.evaluate(x, sigma), x, sigma);
}

// x that ended at level `at`, taken for x at level `as`.
Tensor taken_as(const Move& m, const Tensor& x, double at, double as) {
  const Schedule& schedule = m.levels.schedule;
  return at == as ? x : x * (schedule.own(at) / schedule.own(as));
}

double time_of(const Move& m, int step) { return m.levels.times[std::size_t(step)]; }

// Runge and Kutta's step, with two evaluations in the middle and one at the end. With a stride the
// first of them moves half of it down, while the middle lies half of it above the end.
Tensor runge_kutta(const Move& m) {
  const double end = m.levels.sigmas[std::size_t(m.step) + 1];
  double middle = (m.sigma + end) / 2, first = middle;
  if (const int half = m.levels.stride / 2; m.levels.stride > 0) {
    first = m.levels.sigma_before(time_of(m, m.step) - half);
    middle = m.levels.schedule.sigma_at(time_of(m, m.step + 1) + half);
  }
  const auto moved = [&](double to, const Tensor& answer) {
    return transferred(m, m.x, m.sigma, to, answer);
  };
  const Tensor e1 = answer_of(m, m.clean, m.x, m.sigma);
  const Tensor e2 = evaluated(m, taken_as(m, moved(first, e1), first, middle), middle);
  const Tensor e3 = evaluated(m, moved(middle, e2), middle);
  const Tensor e4 = evaluated(m, moved(end, e3), end);
  return taken_as(m, moved(end, (e1 + 2 * e2 + 2 * e3 + e4) / 6), end, m.next);
}

// The first step without Runge and Kutta: with the mean of the answers at its start and its end.
Tensor improved_euler(const Move& m) {
  const double end = m.levels.sigmas[std::size_t(m.step) + 1];
  const Tensor e0 = answer_of(m, m.clean, m.x, m.sigma);
  const Tensor there = taken_as(m, transferred(m, m.x, m.sigma, m.next, e0), m.next, end);
  const Tensor mean = (e0 + evaluated(m, there, end)) / 2;
  double from = m.sigma;  // diffusers starts anew a stride above the end.
  if (m.levels.stride > 0)
    from = m.levels.schedule.sigma_at(time_of(m, m.step + 1) + m.levels.stride);
  const Tensor again = transferred(m, taken_as(m, m.x, m.sigma, from), from, end, mean);
  return taken_as(m, again, end, m.next);
}

// Adams and Bashforth's step of as high an order as the history allows.
Tensor multistep(const Move& m) {
  const std::vector<double>& weights = adams_bashforth(m);
  Tensor sum = weights[0] * answer_of(m, m.clean, m.x, m.sigma);
  for (std::size_t i = 1; i < weights.size(); ++i) {
    const History::Past& past = m.history.past[i - 1];
    sum = sum + weights[i] * answer_of(m, past.denoised, past.x, past.sigma);
  }
  return transferred(m, m.x, m.sigma, m.next, sum);
}

}  // namespace

// After an edit, which clears the history, it starts again as at its first step.
Tensor pndm(const Move& m) {
  const std::size_t known = m.history.past.size();
  const bool starts = m.options().skip_runge_kutta ? known == 0 : known < 3;
  const Tensor moved = m.last() || !starts            ? multistep(m)
                       : m.options().skip_runge_kutta ? improved_euler(m)
                                                      : runge_kutta(m);
  m.history.remember({m.sigma, m.x, m.clean});
  return moved;
}

}  // namespace stepwise
