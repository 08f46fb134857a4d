#include "model/activation.h"

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

Tensor activate(Activation activation, const Tensor& x) {
  switch (activation) {
    case Activation::kSilu:
      return torch::silu(x);
    case Activation::kMish:
      return torch::mish(x);
    case Activation::kGelu:
      return torch::gelu(x);
    case Activation::kRelu:
      return torch::relu(x);
  }
  return x;
}

Tensor activate_temporary(Activation activation, Tensor x) {
  if (torch::GradMode::is_enabled() || activation == Activation::kGelu)
    return activate(activation, x);
  switch (activation) {
    case Activation::kMish:
      return torch::mish_(x);
    case Activation::kRelu:
      return torch::relu_(x);
    default:
      return torch::silu_(x);
  }
}

}  // namespace stepwise
