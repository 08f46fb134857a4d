// Going back to higher noise levels, each pixel to its own (differential diffusion, Levin and Fried
// 2023): a lock whose mask opens as sigma falls. Worker thread.
#pragma once

#include "diffusion/denoiser.h"
#include "diffusion/forward.h"
#include "diffusion/levels.h"
#include "editing/apply.h"

namespace stepwise {

struct Rewound {
  int step = 0;       // Where the branch begins: at the highest of the levels.
  Tensor picture;     // What was there, y: [1, C, H, W].
  Tensor noise;       // Of variance 1, the same at all levels.
  Schedule schedule;  // What the levels are of.
  Tensor levels;  // The level of `step` or a later one, at which a pixel is let go: [H, W] doubles.

  explicit operator bool() const { return levels.defined(); }

  Tensor held(double sigma) const { return levels < sigma; }  // Where, at this level.
  bool lets_go(double sigma) const { return (levels == sigma).any().item<bool>(); }
  Tensor noisy(double sigma) const { return worsened(schedule, picture, sigma, noise); }
};

// What the layers of an edit at a step let go of, given x there and y as it leaves them: a pixel
// whose level lies between those of two steps goes back to the higher one. Pixels that go back have
// new noise of (noise_seed, picture); the others keep their own, arrive at the step as they were,
// and go on from there with the rest. Pictures that noise is not what made them worse are made
// worse anew, all with what they were made worse by, of `seed`. None where nothing goes back.
Rewound rewound(const Edit& edit, const Edited& there, const Levels& levels, std::uint64_t seed);

// The guess where pixels are let go, and y where they are held.
Denoise holding(Denoise denoise, const Rewound& back);

// x after a step between two levels: what was held before it keeps to y and its noise, whatever the
// sampler made of it.
Tensor held_to(const Rewound& back, const Tensor& x, double sigma, double next);

}  // namespace stepwise
