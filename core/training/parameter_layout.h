// Where the parameters of a network lie in one tensor that holds them all, so that what is done to
// all of them is one operation. Matrices of one shape lie side by side: they are one stack. Worker
// thread only.
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

// Matrices of one shape, the first of which begins at `from`.
struct Stack {
  std::int64_t from = 0, count = 0, rows = 0, columns = 0;

  torch::Tensor in(const torch::Tensor& all) const;  // [count, rows, columns], a view.
};

class ParameterLayout {
 public:
  // What Muon is for comes first, in stacks, then other matrices and tables, then vectors. Each
  // keeps its order of memory.
  ParameterLayout(const NamedTensors& parameters, OptimiserKind optimiser);

  // How many numbers the one tensor has: rows of kRow, the last filled up with zeros.
  static constexpr std::int64_t kRow = 1024;
  std::int64_t size() const { return size_; }
  std::int64_t muon() const { return muon_; }          // So many from the first on are Muon's.
  std::int64_t matrices() const { return matrices_; }  // So many are no vectors'.
  // Muon's; a convolution's kernel counts as columns.
  const std::vector<Stack>& stacks() const { return stacks_; }

  // The parameters in it, in the order in which they were given.
  std::vector<torch::Tensor> views(const torch::Tensor& all) const;
  // With their names, of a tensor that begins with number `begin`: those that are in it.
  NamedTensors named_views(const torch::Tensor& all, std::int64_t begin = 0) const;

  // One tensor of these, which are given in that order.
  torch::Tensor joined(const std::vector<torch::Tensor>& tensors) const;

 private:
  struct Place {
    std::string name;
    std::vector<std::int64_t> sizes, strides;
    std::int64_t from = 0, numel = 0;

    torch::Tensor in(const torch::Tensor& all, std::int64_t begin = 0) const;
  };
  void add_stack(const Place& place);

  std::vector<Place> places_;       // In the order given.
  std::vector<std::size_t> order_;  // In that of memory.
  std::vector<Stack> stacks_;
  std::int64_t size_ = 0, muon_ = 0, matrices_ = 0;
};

}  // namespace stepwise
