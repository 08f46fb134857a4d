#include "model/activation.h"

#include <torch/utils.h>

#include "error.h"

namespace stepwise {

using torch::Tensor;

Activation activation_of(const std::string& act_fn) {
  if (act_fn == "silu" || act_fn == "swish") return Activation::kSilu;
  if (act_fn == "mish") return Activation::kMish;
  if (act_fn == "gelu") return Activation::kGelu;
  if (act_fn == "relu") return Activation::kRelu;
  throw Error(text_of("There is no activation function '", act_fn,
                      "'. There are: silu, swish, mish, gelu, relu."));
}

Tensor activate(Activation activation, Tensor x) {
  const bool over = !torch::GradMode::is_enabled();
  switch (activation) {
    case Activation::kSilu:
      return over ? torch::silu_(x) : torch::silu(x);
    case Activation::kMish:
      return over ? torch::mish_(x) : torch::mish(x);
    case Activation::kRelu:
      return over ? torch::relu_(x) : torch::relu(x);
    case Activation::kGelu:
      return torch::gelu(x);
  }
  return x;
}

}  // namespace stepwise
