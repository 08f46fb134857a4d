// A convolution with its weights put once, not at every call, into the order that oneDNN computes
// with on this processor. For networks whose weights stay as they are for some calls. Any thread.
#pragma once

#include <torch/nn/modules/conv.h>
#include <torch/types.h>

#include <cstdint>
#include <mutex>

namespace stepwise {

class PackedConvolution {
 public:
  // x [N, C, H, W] convolved, in the layout of x; fastest where channels are innermost. Packs the
  // weights where they have changed since the last call. Undefined where this cannot be had: on
  // other devices, in other types than float, and while gradients are recorded.
  torch::Tensor operator()(const torch::nn::Conv2dImpl& conv, const torch::Tensor& x);

 private:
  c10::IValue packed(const torch::nn::Conv2dImpl& conv, torch::IntArrayRef input);

  std::mutex mutex_;            // Of all below.
  c10::IValue packed_;          // Of the weights with
  const void* data_ = nullptr;  //   these numbers,
  std::uint32_t version_ = 0;   //   written over so often.
};

}  // namespace stepwise
