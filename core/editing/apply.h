// What an edit makes of a frame: shared by forks, which carry on from it, and previews, which only
// look. Pictures are [C, H, W]; sigma is the noise level of the frame. Worker thread.
#pragma once

#include <torch/types.h>

#include "painting/edit.h"

namespace stepwise {

// A frame after an edit.
struct Edited {
  torch::Tensor x, guess;
};

// Painting on the guess keeps the noise level: x' = guess' + sigma * noise, with the noise implied
// by the frame or fresh from (noise_seed, picture, step); painting on the noisy picture then goes
// over x'. At sigma = 0 there is no noise. Unpainted pixels stay as they were to the bit, unless
// the noise is fresh. Throws Error for strokes that hold values out of range or none.
Edited apply_edit(const torch::Tensor& x, const torch::Tensor& guess, double sigma,
                  const Edit& edit);

// Standard deviation of x - guess about 0: what sigma looks like from here. An x as noisy as the
// model expects gives about sigma.
double noise_level(const torch::Tensor& x, const torch::Tensor& guess);

}  // namespace stepwise
