// What few people touch: the variants of samplers that schedulers of other programs name in their
// files. Plain values, no torch; any thread. Where a sampler has no use for an option it ignores
// it.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "fields.h"

namespace stepwise {

// The variance of the noise that DDPM adds (Ho et al. 2020, section 3.2; Nichol and Dhariwal 2021).
enum class Variance { kSmall, kLarge, kLearned, kLearnedRange };
inline constexpr std::array kVariances = {
    Named<Variance>{Variance::kSmall, "small"},
    Named<Variance>{Variance::kLarge, "large"},
    Named<Variance>{Variance::kLearned, "learned"},
    Named<Variance>{Variance::kLearnedRange, "learned-range"},
};
constexpr const auto& names_of(Variance) { return kVariances; }

// How the second order of DPM-Solver uses the difference of two guesses.
enum class SecondOrder { kMidpoint, kHeun };
inline constexpr std::array kSecondOrders = {
    Named<SecondOrder>{SecondOrder::kMidpoint, "midpoint"},
    Named<SecondOrder>{SecondOrder::kHeun, "heun"},
};
constexpr const auto& names_of(SecondOrder) { return kSecondOrders; }

struct SamplerOptions {
  // What is done to a guess before it is used.
  double clip = 0;                // Guesses are clamped to [-clip, clip]; 0: not at all.
  double threshold = 0;           // Dynamic thresholding by this quantile of |guess|; 0: none.
  double threshold_max = 1;       //   The quantile counts at most as this.
  bool noise_of_clipped = false;  // DDIM: the noise too follows from the guess as it was clipped.

  // DDPM.
  Variance variance = Variance::kSmall;

  // Euler: fresh noise before the step where sigma lies in [churn_min, churn_max].
  double churn = 0;  // Spread over all steps; 0: none.
  double churn_min = 0;
  double churn_max = 1e30;
  double churn_noise = 1;  // The spread of that noise.

  // DPM-Solver and UniPC.
  SecondOrder second_order = SecondOrder::kMidpoint;
  int order_limit = 3;             // No higher order than this, whatever the sampler's own.
  bool extrapolate_noise = false;  // The solver is exact for constant noise, not constant guesses.
  bool lower_order_final = true;   // Fewer than 15 steps: the last of DPM-Solver are of low order.
  bool euler_at_final = false;     // The last step of DPM-Solver is of order 1 in any case.
  bool third_order_as_diffusers = false;  // DPM-Solver, see third_order in dpm.cpp.
  bool bh1 = false;                       // UniPC with B(h) = h, not e^h - 1.
  std::vector<int> no_corrector_after;    // UniPC: steps whose result is not corrected.

  // PNDM starts with a second evaluation of its first step, not with Runge-Kutta steps.
  bool skip_runge_kutta = false;

  // Predictor-corrector.
  int corrections = 1;  // Langevin steps before each step.
  double snr = 0.15;    // Of such a step: the larger, the longer it is.

  // The model's own grid.
  std::vector<int> timesteps;  // Falling, visited instead of those of the grid; empty: those.
  std::optional<double> mu;    // Dynamic shift of flow matching; none: the scheduler's base shift.

  bool operator==(const SamplerOptions&) const = default;
};
STEPWISE_FIELDS(SamplerOptions, clip, threshold, threshold_max, noise_of_clipped, variance, churn,
                churn_min, churn_max, churn_noise, second_order, order_limit, extrapolate_noise,
                lower_order_final, euler_at_final, third_order_as_diffusers, bh1,
                no_corrector_after, skip_runge_kutta, corrections, snr, timesteps, mu)

// Throws Error naming the first option out of range.
void check(const SamplerOptions& options);

}  // namespace stepwise
