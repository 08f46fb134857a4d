// One way through the noise levels, and the denoiser that it goes with. Worker thread.
#pragma once

#include <vector>

#include "diffusion/denoiser.h"
#include "diffusion/model.h"
#include "diffusion/sampler.h"
#include "painting/edit.h"
#include "settings/sample_settings.h"

namespace stepwise {

// Pictures at one step, in the order of the branch's `pictures`: [n, C, H, W].
struct Frame {
  Tensor x;
  Guess guess;  // D(x, sigma); x itself at sigma = 0; undefined until it has been computed.
};

// Step k is the frame before the k-th move; step `steps` is the finished picture.
struct Branch {
  BranchId id = 0;
  BranchId parent = -1;               // -1: the root.
  int fork = 0;                       // The step of its first frame.
  std::vector<int> pictures;          // Those it runs itself; the others are the parent's.
  std::vector<Condition> conditions;  // Of the whole batch.
  std::vector<double> sigmas;         // steps + 1 levels, falling, the last is 0.
  SampleSettings settings;
  SharedModel model;          // Runs it from its first frame to its last.
  Layers layers;              // Of the edit that it begins with.
  Tensor edited;              // The guess after that edit: [1, C, H, W].
  Denoise denoise;            // D of its pictures: compose() of all the above.
  std::vector<Frame> frames;  // Of the steps from `fork` on; only the newest may lack its guess.
  History history;            // Of the sampler, at the newest frame.

  int steps() const { return int(sigmas.size()) - 1; }
  int newest() const;  // The newest step whose frame is whole; fork - 1 if none is yet.
  bool finished() const { return newest() == steps(); }
  std::vector<Condition> own_conditions() const;  // Of `pictures`, in their order.
};

// D(x, sigma) of the pictures that a branch runs itself, in their order: all that acts on its
// steps is put together here, for sampling as for every look ahead. Throws Error for conditions or
// guidance that the model does not know.
Denoise compose(const Branch& branch);

}  // namespace stepwise
