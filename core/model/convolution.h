// A convolution that computes in bfloat16 on request: faster on processors with the instructions
// for it, and exact enough to train with. Weights stay as they are, and outputs are of the inputs'
// type. Used from one thread at a time.
#pragma once

#include <torch/nn/modules/conv.h>
#include <torch/types.h>

#include "model/packed_convolution.h"

namespace stepwise {

// While one lives and `on`, this thread's Convolutions compute in bfloat16.
class Bfloat16Convolutions {
 public:
  explicit Bfloat16Convolutions(bool on);
  ~Bfloat16Convolutions();
  Bfloat16Convolutions(const Bfloat16Convolutions&) = delete;
  Bfloat16Convolutions& operator=(const Bfloat16Convolutions&) = delete;

  // Whether one lives on this thread that is on.
  static bool active();

  // Whether this processor multiplies bfloat16 faster than float.
  static bool pays();

 private:
  const bool before_;
};

struct ConvolutionImpl : torch::nn::Conv2dImpl {
  using torch::nn::Conv2dImpl::Conv2dImpl;
  torch::Tensor forward(const torch::Tensor& x);

 private:
  PackedConvolution packed_;
};
TORCH_MODULE(Convolution);

}  // namespace stepwise
