// One move of a sampler, and the samplers themselves. For the .cpp files of this folder and their
// tests. Each takes x from level sigma to level next and returns it there. Worker thread.
#pragma once

#include "diffusion/sampler.h"

namespace stepwise {

struct Move {
  const SampleSettings& settings;
  const Levels& levels;
  int step;
  const Denoise& denoise;
  const Tensor& x;
  const Guess& guess;  // D(x, sigma)
  Tensor clean;        // The same, clipped.
  double sigma, next;
  History& history;
  const StepNoise& noise;

  const SamplerOptions& options() const { return settings.options; }
  bool last() const { return levels.is_last(step); }
  Tensor slope() const { return (x - clean) / sigma; }
  // What multistep solvers extrapolate, the guess or, as the options say, the noise: here, and i +
  // 1 steps before.
  Tensor value() const { return options().extrapolate_noise ? slope() : clean; }
  Tensor value(std::size_t i) const {
    const History::Past& past = history.past[i];
    return options().extrapolate_noise ? past.slope() : past.denoised;
  }
  // D elsewhere.
  Tensor evaluate(const Tensor& at, double level) const {
    return clipped(options(), denoise(at, level));
  }
};

// Straight along the guess: exactly the guess at next = 0.
Tensor euler_step(const Tensor& x, const Tensor& denoised, double sigma, double next);
// Spread of the fresh noise in a step that forgets all it can: that of the posterior q(x' | x, D).
double ancestral_noise(double sigma, double next);
// The weights that Adams and Bashforth give even steps, here first, of as high an order as the
// history allows, up to 4.
const std::vector<double>& adams_bashforth(const Move& move);

Tensor euler(const Move& move);
Tensor euler_ancestral(const Move& move);
Tensor ddim(const Move& move);
Tensor ddpm(const Move& move);
Tensor consistency(const Move& move);
Tensor heun(const Move& move);
Tensor dpm_singlestep_2(const Move& move);
Tensor dpm_singlestep_3(const Move& move);
Tensor dpm_multistep(const Move& move, int order, bool stochastic);
Tensor unipc(const Move& move, int order);
Tensor lms(const Move& move);
Tensor deis(const Move& move);
Tensor ipndm(const Move& move);
Tensor pndm(const Move& move);
Tensor predictor_corrector(const Move& move);
Tensor cold(const Move& move);
Tensor cold_naive(const Move& move);

}  // namespace stepwise
