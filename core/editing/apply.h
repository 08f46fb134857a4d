// What an edit makes of a frame: shared by forks, which carry on from it, and previews, which only
// look. Pictures are [C, H, W]; sigma is the noise level of the frame. Worker thread.
#pragma once

#include <torch/types.h>

#include <functional>

#include "painting/edit.h"

namespace stepwise {

// A frame after an edit.
struct Edited {
  torch::Tensor x, guess;
};

// What the level of the frame makes of a clean picture, where that is no noise on top of it.
using Worsening = std::function<torch::Tensor(const torch::Tensor& clean)>;

// Painting on the guess keeps the noise level: x' = guess' + sigma * noise, with the noise implied
// by the frame or fresh from (noise_seed, picture, step). With a worsening W a stroke comes to be
// as bad as what it is painted on, x' = x - W(guess) + W(guess'), the step of the cold sampler (see
// diffusion/cold.cpp) from one guess to the other. Painting on the noisy picture then goes over x'.
// At sigma = 0 there is no noise, and nothing is worse. Pixels that nothing painted reaches stay as
// they were to the bit, unless the noise is fresh. Throws Error for strokes that hold values out of
// range or none.
Edited apply_edit(const torch::Tensor& x, const torch::Tensor& guess, double sigma,
                  const Edit& edit, const Worsening& worsening = {});

// Standard deviation of x - guess about 0: what sigma looks like from here. An x as noisy as the
// model expects gives about sigma.
double noise_level(const torch::Tensor& x, const torch::Tensor& guess);

}  // namespace stepwise
