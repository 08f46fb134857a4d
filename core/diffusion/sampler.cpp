#include "diffusion/sampler.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace stepwise {
namespace {

// D extrapolated linearly in lambda = -ln sigma to the middle of the step; at 0 there is no middle.
Tensor ahead(const Tensor& denoised, double sigma, double next, const History& history) {
  if (next == 0 || history.past.empty()) return denoised;
  const History::Past& last = history.past[0];
  const double h = std::log(sigma / next), h_last = std::log(last.sigma / sigma);
  return denoised + (h / (2 * h_last)) * (denoised - last.denoised);
}

}  // namespace

void History::remember(Past step) {
  past.insert(past.begin(), std::move(step));
  if (past.size() > 3) past.pop_back();
}

// x + (next - sigma) (x - D) / sigma, arranged to be exactly D at next = 0 (Song et al. 2021, Eq.
// 12 with x rescaled; the DDIM step).
Tensor euler_step(const Tensor& x, const Tensor& denoised, double sigma, double next) {
  return denoised + (next / sigma) * (x - denoised);
}

// Karras et al. 2022, Alg. 1. At sigma = 0 there is no slope to average with.
Tensor heun_step(const Denoise& denoise, const Tensor& x, const Tensor& denoised, double sigma,
                 double next) {
  const Tensor euler = euler_step(x, denoised, sigma, next);
  if (next == 0) return euler;
  const Tensor slope = (x - denoised) / sigma;
  const Tensor next_slope = (euler - denoise(euler, next)) / next;
  return x + (next - sigma) * 0.5 * (slope + next_slope);
}

// Lu et al. 2022 (DPM-Solver++), Alg. 2, with alpha = 1 and e^-h = next / sigma.
Tensor dpmpp_2m_step(const Tensor& x, const Tensor& denoised, double sigma, double next,
                     const History& history) {
  return euler_step(x, ahead(denoised, sigma, next, history), sigma, next);
}

// Lu et al. 2022, the SDE variant: the same guess, and fresh noise as in the ancestral step.
Tensor dpmpp_2m_sde_step(const Tensor& x, const Tensor& denoised, double sigma, double next,
                         double eta, const History& history, const StepNoise& noise) {
  return euler_ancestral_step(x, ahead(denoised, sigma, next, history), sigma, next, eta, noise);
}

// Adams-Bashforth on dx/dsigma with the coefficients of even steps, of as high an order as the
// history allows, up to 4 (Zhang and Chen 2023, "improved PNDM"; they and later work keep even
// steps' coefficients on uneven grids too).
Tensor ipndm4_step(const Tensor& x, const Tensor& denoised, double sigma, double next,
                   const History& history) {
  if (next == 0) return denoised;
  static constexpr std::array<std::array<double, 4>, 4> kCoefficients{{
      {1},
      {3. / 2, -1. / 2},
      {23. / 12, -16. / 12, 5. / 12},
      {55. / 24, -59. / 24, 37. / 24, -9. / 24},
  }};
  const auto& weights = kCoefficients[history.past.size()];
  Tensor slope = weights[0] * ((x - denoised) / sigma);
  for (std::size_t i = 0; i < history.past.size(); ++i)
    slope = slope + weights[i + 1] * history.past[i].slope();
  return x + (next - sigma) * slope;
}

// Song et al. 2021, Eq. 12 and 16: down to a lower level than `next`, then fresh noise up to it.
// With eta = 0 none is added; with eta = 1 this is the ancestral step of DDPM.
Tensor euler_ancestral_step(const Tensor& x, const Tensor& denoised, double sigma, double next,
                            double eta, const StepNoise& noise) {
  const double ratio = next / sigma;
  const double up = eta * next * std::sqrt(std::max(0., 1 - ratio * ratio));
  if (up == 0) return euler_step(x, denoised, sigma, next);
  const double down = std::sqrt(std::max(0., next * next - up * up));
  return euler_step(x, denoised, sigma, down) + up * noise(x);
}

Tensor next_x(const SampleSettings& settings, const Denoise& denoise, const Tensor& x,
              const Tensor& denoised, double sigma, double next, History& history,
              const StepNoise& noise) {
  switch (settings.sampler) {
    case SamplerKind::kEuler:
      return euler_step(x, denoised, sigma, next);
    case SamplerKind::kHeun:
      return heun_step(denoise, x, denoised, sigma, next);
    case SamplerKind::kDpmPlusPlus2M: {
      Tensor moved = dpmpp_2m_step(x, denoised, sigma, next, history);
      history.remember({sigma, x, denoised});
      return moved;
    }
    case SamplerKind::kIpndm4: {
      Tensor moved = ipndm4_step(x, denoised, sigma, next, history);
      history.remember({sigma, x, denoised});
      return moved;
    }
    case SamplerKind::kEulerAncestral:
      return euler_ancestral_step(x, denoised, sigma, next, settings.eta, noise);
    case SamplerKind::kDpmPlusPlus2MSde: {
      Tensor moved = dpmpp_2m_sde_step(x, denoised, sigma, next, settings.eta, history, noise);
      history.remember({sigma, x, denoised});
      return moved;
    }
  }
  throw Error(text_of("There is no sampler number ", int(settings.sampler), "."));
}

Step sampler_step(const SampleSettings& settings, const Denoise& denoise, const Tensor& x,
                  double sigma, double next, History& history, const StepNoise& noise) {
  const Tensor denoised = denoise(x, sigma);
  return {next_x(settings, denoise, x, denoised, sigma, next, history, noise), denoised};
}

}  // namespace stepwise
