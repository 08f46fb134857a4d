// Samplers, one step at a time: from x at noise level `sigma` to the next lower level, so that a
// person can look, stop and edit between any two. All follow the ODE dx/dsigma = (x - D(x, sigma))
// / sigma (Karras et al. 2022, Eq. 1 with s = 1) or its stochastic kin. x: [N, C, H, W]. Worker
// thread.
#pragma once

#include <vector>

#include "diffusion/denoiser.h"
#include "diffusion/settings.h"

namespace stepwise {

// What a sampler remembers of the steps before, newest first. An edit clears it.
struct History {
  struct Past {
    double sigma;
    Tensor x;
    Tensor denoised;                                         // D(x, sigma)
    Tensor slope() const { return (x - denoised) / sigma; }  // dx/dsigma
  };
  std::vector<Past> past;

  void remember(Past step);  // Keeps the newest three.
  void clear() { past.clear(); }
};

struct Step {
  Tensor x;         // The pictures at the next level.
  Tensor denoised;  // The guess D(x, sigma) that led there.
};

// Standard normal noise in the shape of x, for the step being taken.
using StepNoise = std::function<Tensor(const Tensor& x)>;

// x at level `next`, given the guess at x. For Heun's method `denoise` is evaluated once more,
// unless next is 0; the other samplers need nothing but the guess. The last step, to 0, lands on
// the guess.
Tensor next_x(const SampleSettings& settings, const Denoise& denoise, const Tensor& x,
              const Tensor& denoised, double sigma, double next, History& history,
              const StepNoise& noise);

// A whole step: evaluates the guess, then moves.
Step sampler_step(const SampleSettings& settings, const Denoise& denoise, const Tensor& x,
                  double sigma, double next, History& history, const StepNoise& noise);

// Each sampler's move by itself; `denoised` is D(x, sigma), and `history` holds the steps before.
Tensor euler_step(const Tensor& x, const Tensor& denoised, double sigma, double next);
Tensor heun_step(const Denoise& denoise, const Tensor& x, const Tensor& denoised, double sigma,
                 double next);
Tensor dpmpp_2m_step(const Tensor& x, const Tensor& denoised, double sigma, double next,
                     const History& history);
Tensor ipndm4_step(const Tensor& x, const Tensor& denoised, double sigma, double next,
                   const History& history);
Tensor euler_ancestral_step(const Tensor& x, const Tensor& denoised, double sigma, double next,
                            double eta, const StepNoise& noise);

}  // namespace stepwise
