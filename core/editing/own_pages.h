// Memory for what is kept for long beside what comes and goes while a network runs. Worker thread.
#pragma once

#include <torch/types.h>

namespace stepwise {

// The same values at the same strides in pages of their own, which go back to the system with the
// tensor. Among the short-lived tensors of a network the long-lived ones would leave holes that
// little fits into: frames of 250 MB had the process grow by 450. Small tensors, and those of other
// devices, stay where they are.
torch::Tensor in_own_pages(const torch::Tensor& tensor);

}  // namespace stepwise
