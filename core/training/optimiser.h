// Muon for matrices and convolutions, AdamW for the rest, on all parameters at once. Numbers that
// change from step to step are tensors, [], on the parameters' device: a step waits for nothing
// that is still being computed, and does the same operations each time. Worker thread only.
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <vector>

#include "settings/recipe.h"
#include "training/parameter_layout.h"

namespace stepwise {

// A stack [N, R, C] of matrices with the same singular vectors and singular values near 1 (0.7 to
// 1.2), by five Newton-Schulz steps (Jordan et al. 2024).
torch::Tensor orthogonalised(const torch::Tensor& matrices);

// Euclidean norm of gradients [rows of ParameterLayout::kRow], []; scales them so that it is at
// most `clip` (0: leaves them). Its bits do not depend on how many threads there are.
torch::Tensor clip_gradients(const torch::Tensor& gradients, double clip);

class Optimiser {
 public:
  Optimiser(const Recipe& recipe, ParameterLayout layout, torch::Device device);

  // Updates weights [layout.size()] from their gradients with the recipe's learning rates times
  // `factor`. Where `sound` (0 or 1) is 0, nothing changes, whatever the gradients are; those are
  // written over.
  void step(const torch::Tensor& weights, const torch::Tensor& gradients,
            const torch::Tensor& factor, const torch::Tensor& sound);

  // Everything but the weights that the next step depends on, sharing storage: copy into these to
  // restore; and how many steps were taken.
  NamedTensors state() const;
  void set_steps(std::int64_t steps) { steps_.fill_(double(steps)); }

 private:
  void muon_step(const torch::Tensor& weights, const torch::Tensor& gradients,
                 const torch::Tensor& rate, const torch::Tensor& sound);
  void adam_step(const torch::Tensor& weights, const torch::Tensor& gradients,
                 const torch::Tensor& rate, const torch::Tensor& sound);
  std::vector<Stack> pieces() const;

  Recipe recipe_;
  ParameterLayout layout_;
  torch::Tensor first_, second_;  // Moments: of all [layout.size()], of those that are AdamW's.
  torch::Tensor steps_;           // [] float64.
};

}  // namespace stepwise
