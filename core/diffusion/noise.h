// Noise that depends on who it is for, never on when or with whom it is drawn: a function of (seed,
// picture, use, step, draw). So picture k is the same alone or in any batch, and a run that is
// paused or forked draws what it would have drawn without. Drawn on the CPU whatever the device.
// Worker thread.
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <functional>
#include <vector>

namespace stepwise {

// What noise is for; each use is a stream of its own.
enum class NoiseUse : std::uint32_t { kStart, kStep, kEdit, kInspect, kTraining };

// first, first + 1, ..., first + count - 1.
std::vector<int> picture_range(int first, int count);

// Where noise comes from for a batch of pictures of one trajectory.
class PictureNoise {
 public:
  // `pictures`: the index of each picture of the batch in the whole trajectory.
  PictureNoise(std::uint64_t seed, std::vector<int> pictures);

  // Standard normal numbers [N, shape...], those of picture i in row i. `step`: at which step they
  // are added (0 for the start). `nth`: which draw of that step it is, below 8192.
  torch::Tensor draw(NoiseUse use, int step, torch::IntArrayRef picture_shape,
                     torch::TensorOptions options = {}, int nth = 0) const;

  // The same in the shape, type and place of x [N, ...].
  torch::Tensor like(NoiseUse use, int step, const torch::Tensor& x, int nth = 0) const;

 private:
  std::uint64_t seed_;
  std::vector<int> pictures_;
};

// Standard normal noise in the shape of x, for the step being taken: each call draws anew.
using StepNoise = std::function<torch::Tensor(const torch::Tensor& x)>;
StepNoise step_noise(PictureNoise noise, int step);

}  // namespace stepwise
