// The activation functions a network may be configured with. Any thread.
#pragma once

#include <torch/types.h>

#include <string>

namespace stepwise {

enum class Activation { kSilu, kMish, kGelu, kRelu };

// Of the config's act_fn: silu (also called swish), mish, gelu, relu. Throws Error listing them.
Activation activation_of(const std::string& act_fn);

// Of a tensor that nobody else needs: it is written over where no gradient will ask for it.
torch::Tensor activate(Activation activation, torch::Tensor x);

}  // namespace stepwise
