// The formulas behind Schedule::at, once for numbers and for tensors of levels: sampling takes a
// level at a time, training one for each picture. `time`: the network's at sigma.
#pragma once

#include <cmath>

#include "diffusion/schedule.h"

namespace stepwise {

// Networks of score SDEs know pictures in [0, 1], (x + 1) / 2, with noise of half our level, which
// is their time too. They answer with the score there: twice (D - x) / sigma^2 in our units.
template <class Number>
CoefficientsOf<Number> score_coefficients(const Number& sigma, const Number& time) {
  const Number zero = 0 * sigma;
  return {zero + 1, sigma * sigma / 2, zero + 0.5, time, 0.5};
}

// Networks that know alpha (clean + sigma noise), where alpha^2 + (alpha sigma)^2 or, for flows,
// alpha + alpha sigma is 1.
template <class Number>
CoefficientsOf<Number> mixture_coefficients(const SchedulerConfig& c, const Number& sigma,
                                            const Number& time) {
  using std::sqrt;
  const Number zero = 0 * sigma, all = is_flow(c) ? 1 + sigma : sqrt(1 + sigma * sigma);
  const Number alpha = 1 / all;
  if (c.prediction_type == "sample") return {zero, zero + 1, alpha, time};
  if (c.prediction_type == "epsilon") return {zero + 1, -sigma, alpha, time};
  if (c.prediction_type == "v_prediction") return {alpha * alpha, -sigma * alpha, alpha, time};
  // Noise - clean, or clean - noise. With betas diffusers takes the level itself for its share.
  const Number share = is_flow(c) ? sigma * alpha : sigma;
  return {alpha, c.invert_sigmas ? share : -share, alpha, time};
}

// Networks of EDM (Karras et al. 2022, Table 1): these make them see inputs, and learn targets, of
// unit variance at every level.
template <class Number>
CoefficientsOf<Number> edm_coefficients(const SchedulerConfig& c, const Number& sigma,
                                        const Number& time) {
  using std::sqrt;
  const double data = c.sigma_data * c.sigma_data;
  const Number all = sigma * sigma + data, root = sqrt(all);
  const double sign = c.prediction_type == "v_prediction" ? -1 : 1;
  return {data / all, sign * sigma * c.sigma_data / root, 1 / root, time};
}

// Networks that see a picture made worse and answer with the clean one.
template <class Number>
CoefficientsOf<Number> restorer_coefficients(const Number& severity, const Number& time) {
  const Number zero = 0 * severity;
  return {zero, zero + 1, zero + 1, time};
}

// Any network's.
template <class Number>
CoefficientsOf<Number> coefficients(const SchedulerConfig& c, const Number& sigma,
                                    const Number& time) {
  if (has_severity(c.degradation)) return restorer_coefficients(sigma, time);
  if (c.kind == SchedulerClass::kScoreSdeVe) return score_coefficients(sigma, time);
  if (has_betas(c.kind) || is_flow(c)) return mixture_coefficients(c, sigma, time);
  return edm_coefficients(c, sigma, time);
}

// Whether a network's time is a training step, of which there is a table.
inline bool goes_by_step(const SchedulerConfig& c) {
  return has_betas(c.kind) && !is_flow(c) && !is_continuous(c);
}

// The time of the others.
template <class Number>
Number time_of_level(const SchedulerConfig& c, const Number& sigma) {
  using std::log;
  if (has_severity(c.degradation)) return sigma * c.num_train_timesteps;
  if (is_flow(c)) {
    const Number share = (c.invert_sigmas ? 0 * sigma + 1 : sigma) / (1 + sigma);
    return share * c.num_train_timesteps;
  }
  if (c.kind == SchedulerClass::kScoreSdeVe) return sigma / 2;
  return log(sigma) / 4;
}

}  // namespace stepwise
