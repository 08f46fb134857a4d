// A model of small pictures, for larger ones: of two stages the first, which settles what shows in
// large pixels, as a denoiser like any other. Worker thread.
#pragma once

#include <cstdint>
#include <vector>

#include "diffusion/model.h"

namespace stepwise {

// Whether pictures of the shape `small`, {C, H, W}, are those of `large` with squares of pixels
// become one.
bool can_be_enlarged(const std::vector<std::int64_t>& small,
                     const std::vector<std::int64_t>& large);

// The model for pictures of this shape, so many times as wide and high, k:
//
//     D(x, sigma) = enlarged(D_small(mean of each k x k pixels of x, sigma / k))
//
// for the mean of k^2 pixels has a k-th of their noise. It knows nothing of what is finer than its
// own pixels, and leaves that out of its guess: what goes on from there at noise level sigma sees a
// small picture with that noise on it, which is what cascades call noise-conditioning augmentation
// (Ho et al. 2022), and draws the rest anew (as relay diffusion does, Teng et al. 2023). Throws
// Error unless the shape can be made so, and for models that undo something else than noise. The
// same model where it has this shape already.
SharedModel enlarged(const SharedModel& small, const std::vector<std::int64_t>& shape);

}  // namespace stepwise
