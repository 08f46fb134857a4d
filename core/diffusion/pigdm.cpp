#include "diffusion/pigdm.h"

#include <torch/autograd.h>
#include <torch/utils.h>

namespace stepwise {
namespace {

// J^T v of a guess that was recorded at x; none where it does not depend on x.
Tensor pulled_back(const Tensor& guess, const Tensor& x, const Tensor& v) {
  if (!guess.requires_grad()) return torch::zeros_like(x);
  return torch::autograd::grad({guess}, {x}, {v}, /*retain_graph=*/false, /*create_graph=*/false,
                               /*allow_unused=*/true)[0];
}

}  // namespace

Denoise towards(Denoise denoise, Lack lack, double sigma_data) {
  return [=](const Tensor& x, double sigma) -> Guess {
    if (sigma == 0) return denoise(x, sigma);
    const torch::AutoGradMode recorded(true);
    const Tensor at = x.detach().requires_grad_();
    const Guess guess = denoise(at, sigma);
    const torch::NoGradGuard no_more;
    const Tensor change = pulled_back(guess.clean, at, lack(guess.clean));
    const double gain = 1 + sigma * sigma / (sigma_data * sigma_data);  // s^2 / r^2
    const Tensor variance = guess.variance.defined() ? guess.variance.detach() : Tensor();
    return {guess.clean.detach() + gain * change, variance};
  };
}

}  // namespace stepwise
