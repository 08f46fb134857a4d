// What an edit makes of a frame: shared by forks, which carry on from it, and previews, which only
// look. Pictures are [C, H, W]; sigma is the noise level of the frame. Worker thread.
#pragma once

#include <torch/torch.h>

#include "editing/edit.h"

namespace stepwise {

// The noisy picture after the edit. Painting on the guess keeps the noise level: x' = painted +
// sigma * noise, with the noise implied by the frame or fresh from (noise_seed, picture, step).
// Painting on the noisy picture: x' = painted. At sigma = 0 there is no noise and x' = painted
// either way. Throws Error if the painted picture does not fit the frame or holds values that are
// not numbers.
torch::Tensor apply_edit(const torch::Tensor& x, const torch::Tensor& guess, double sigma,
                         const Edit& edit);

// Standard deviation of x - guess about 0: what sigma looks like from here. An x as noisy as the
// model expects gives about sigma.
double noise_level(const torch::Tensor& x, const torch::Tensor& guess);

}  // namespace stepwise
