#include "diffusion/tensor_image.h"
#include "editing/branch.h"

namespace stepwise {
namespace {

// The guess with what is locked put back: m y + (1 - m) D, as DDNM has it (Wang et al. 2023). A
// sampler takes such pixels straight from their noise to y, so this is replacement at every step,
// whatever the sampler; where m = 1 they end as y to the bit.
Denoise locked(Denoise denoise, const Tensor& kept, const Tensor& mask) {
  return [=](const Tensor& x, double sigma) {
    const Guess guess = denoise(x, sigma);
    return Guess(mask * kept + (1 - mask) * guess.clean, guess.variance);
  };
}

}  // namespace

Denoise compose(const Branch& branch) {
  Denoise denoise = branch.model->denoiser(branch.own_conditions(), branch.settings);
  const auto& shape = branch.model->shape;
  const Image mask = locked_by(branch.layers, int(shape[1]), int(shape[2]));
  if (mask.empty()) return denoise;
  return locked(std::move(denoise), branch.edited, to_tensor(mask).to(branch.edited.options()));
}

}  // namespace stepwise
