#include "editing/rounds.h"

#include <cmath>

namespace stepwise {
namespace {

// x after the step alone.
Tensor x_next(const Branch& branch, int step, const Frame& frame, const Denoise& denoise,
              History& history, const StepNoise& noise) {
  if (branch.on_path) return next_on_path(branch, step, frame, denoise, history);
  return next_x(branch.settings, branch.levels, step, denoise, frame.x, frame.guess, history,
                noise);
}

// Back up to the level before, and down again (Lugmayr et al. 2022, Alg. 1).
Tensor repainted(const Branch& branch, int step, const Denoise& denoise, const Tensor& x,
                 History& history, const StepNoise& noise) {
  const double sigma = branch.sigma(step), next = branch.sigma(step + 1);
  const Tensor up = x + std::sqrt(sigma * sigma - next * next) * noise(x);
  history.clear();  // It led to another x.
  return x_next(branch, step, {up, denoise(up, sigma), {}}, denoise, history, noise);
}

// Where the change of a path is the mean over several noises, x is of the first of them alone: a
// round would give it noise that the others do not know. Both are made for noise alone.
bool takes_rounds(const Branch& branch) {
  if (branch.levels.schedule.has_severity()) return false;
  const FillMethod method = branch.fill.method;
  return (method == FillMethod::kRepaint || method == FillMethod::kLangevin) &&
         !(branch.on_path && branch.path->draws > 1);
}

}  // namespace

// Both are Ornstein-Uhlenbeck processes about an aim: D at the rate 1 / s^2, and, where known, y +
// l / (1 + l) (x - D) at the rate (1 + l) / s^2.
Tensor langevin_move(const Tensor& x, const Tensor& guess, const Known& known, double sigma,
                     const StepNoise& noise) {
  constexpr double kFirmly = 1 + kLangevinHold;
  const double stays = std::exp(-kLangevinStep), stays_known = std::exp(-kFirmly * kLangevinStep);
  const Tensor drawn = sigma * noise(x);
  const Tensor free = guess + stays * (x - guess) + std::sqrt(1 - stays * stays) * drawn;
  const Tensor aim = known.picture + (kLangevinHold / kFirmly) * (x - guess);
  const Tensor held =
      aim + stays_known * (x - aim) + std::sqrt((1 - stays_known * stays_known) / kFirmly) * drawn;
  return free + known.mask * (held - free);
}

Tensor x_after(const Branch& branch, int step, const Frame& frame, const Denoise& denoise,
               History& history, const StepNoise& noise) {
  Tensor x = x_next(branch, step, frame, denoise, history, noise);
  const auto& [method, rounds] = branch.fill;
  const double sigma = branch.sigma(step + 1);
  if (sigma == 0 || !takes_rounds(branch)) return x;
  const Known known = known_in(branch);
  if (!known) return x;
  if (method == FillMethod::kRepaint) {
    for (int i = 1; i < rounds; ++i) x = repainted(branch, step, denoise, x, history, noise);
    return x;
  }
  const Denoise free = unlocked(branch);
  for (int i = 0; i < rounds; ++i) x = langevin_move(x, free(x, sigma), known, sigma, noise);
  history.clear();  // It led to another x.
  return x;
}

}  // namespace stepwise
