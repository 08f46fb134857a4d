// A known picture on a way through the noise levels that ends with it: x_k = y + s_k n_k, each step
// with noise of its own (Huberman-Spiegelglas et al. 2024, section 3.2). The noise z_k that takes a
// sampler along it never has to be written down. A sampler is linear in x and in the guess, so of
//
//     x_{k+1} = move(x_k, D(x_k)) + z_k
//
// the difference e between any branch with this z_k and the path goes its own way,
//
//     e_{k+1} = move(e_k, E_k),    E_k = D(y + s_k n_k + e_k) - D'(y + s_k n_k),
//
// where D' is what the path was made with: its class, its guidance. Without a change e is 0, to the
// last bit, and the branch ends as y. A sampler without fresh noise makes of the same two lines
// FlowEdit (Kulikov et al. 2025). Worker thread.
#pragma once

#include <vector>

#include "diffusion/denoiser.h"
#include "diffusion/levels.h"
#include "diffusion/noise.h"

namespace stepwise {

struct Branch;
struct Frame;
struct History;

struct KnownPath {
  Tensor pictures;         // y: [n, C, H, W], or [1, C, H, W] where it is the same for all.
  std::uint64_t seed = 1;  // Of the noise.
  Levels levels;
  int draws = 1;  // E is the mean over so many noises.

  Tensor clean(const std::vector<int>& indices) const;
  // y + sigma n of these pictures, or y worsened by as much; n is that of `step`, the nth of its
  // draws.
  Tensor noisy(const std::vector<int>& indices, int step, double sigma, int nth = 0) const;
  // The frame of the step itself.
  Tensor at(int step, const std::vector<int>& indices) const;
};

// x after the step that begins with `frame`, for a branch of a known path.
Tensor next_on_path(const Branch& branch, int step, const Frame& frame, const Denoise& denoise,
                    History& history);

}  // namespace stepwise
