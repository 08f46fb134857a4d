// Samplers, one step at a time: from x at one noise level to the next lower one, so that a person
// can look, stop and edit between any two. All follow the ODE dx/dsigma = (x - D(x, sigma)) / sigma
// (Karras et al. 2022, Eq. 1 with s = 1) or its stochastic kin. x: [N, C, H, W]. Worker thread.
#pragma once

#include <vector>

#include "diffusion/denoiser.h"
#include "diffusion/levels.h"
#include "diffusion/noise.h"
#include "settings/sample_settings.h"

namespace stepwise {

// What a sampler remembers of the steps before. An edit clears it.
struct History {
  struct Past {
    double sigma;
    Tensor x;
    Tensor denoised;                                         // D(x, sigma), as the sampler used it.
    Tensor slope() const { return (x - denoised) / sigma; }  // dx/dsigma
  };
  std::vector<Past> past;  // Newest first.
  Tensor corrected;        // UniPC: where the last step really began, and
  int order = 0;           //   of which order it was.

  void remember(Past step);  // Keeps the newest three.
  void clear() { *this = {}; }
};

struct Step {
  Tensor x;         // The pictures at the next level.
  Tensor denoised;  // The guess D(x, sigma) that led there.
};

// x after the step from levels.sigmas[step], given the guess there. Most samplers need no more than
// the guess; those that do evaluate `denoise` (see SamplerName::evaluations). After the last step x
// is the finished picture.
Tensor next_x(const SampleSettings& settings, const Levels& levels, int step,
              const Denoise& denoise, const Tensor& x, const Guess& guess, History& history,
              const StepNoise& noise);

// A whole step: evaluates the guess, then moves.
Step sampler_step(const SampleSettings& settings, const Levels& levels, int step,
                  const Denoise& denoise, const Tensor& x, History& history,
                  const StepNoise& noise);

// The guess as samplers use it: thresholded or clipped as the options say (Saharia et al. 2022,
// section 2.3).
Tensor clipped(const SamplerOptions& options, const Tensor& clean);

}  // namespace stepwise
