// Muon for matrices and convolutions, AdamW for the rest, with a state that is plain named tensors.
// Numbers that change from step to step are tensors, [] of float64, on the parameters' device: a
// step waits for nothing that is still being computed. Worker thread only.
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "settings/recipe.h"

namespace stepwise {

// Tensors and what they are called in a checkpoint.
using NamedTensors = std::vector<std::pair<std::string, torch::Tensor>>;

// A matrix [R, C] with the same singular vectors and singular values near 1 (0.7 to 1.2), by five
// Newton-Schulz steps (Jordan et al. 2024).
torch::Tensor orthogonalised(const torch::Tensor& matrix);

class Optimiser {
 public:
  // Updates these in place: they share storage with the network's.
  Optimiser(const Recipe& recipe, NamedTensors parameters);

  // Takes the gradients of the next step, in the order of the parameters; they are written over.
  void set_gradients(const std::vector<torch::Tensor>& gradients);

  // Euclidean norm of all gradients, []; scales them so that it is at most `clip` (0: leaves them).
  torch::Tensor clip_gradients(double clip);

  // Updates the parameters from their gradients with the recipe's learning rates times `factor`.
  // Where `sound` (0 or 1) is 0, nothing changes, whatever the gradients are.
  void step(const torch::Tensor& factor, const torch::Tensor& sound);

  // Everything but the parameters that the next step depends on, sharing storage: copy into these
  // to restore; and how many steps were taken.
  NamedTensors state() const;
  void set_steps(std::int64_t steps) { steps_.fill_(double(steps)); }

 private:
  struct Group {  // One list per role, in the same order, for torch::_foreach_*.
    std::vector<std::size_t> places;  // Among all parameters.
    std::vector<std::string> names;
    std::vector<torch::Tensor> parameters, gradients, first, second;
  };
  void muon_step(const torch::Tensor& rate, const torch::Tensor& sound);
  void muon_update(std::size_t i, const torch::Tensor& rate);
  void adam_step(const torch::Tensor& rate, const torch::Tensor& sound);

  Recipe recipe_;
  Group muon_, adam_;
  torch::Tensor steps_;  // [] float64.
};

}  // namespace stepwise
