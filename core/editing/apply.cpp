#include "editing/apply.h"

#include "diffusion/noise.h"
#include "diffusion/tensor_image.h"

namespace stepwise {
namespace {

torch::Tensor painted_on(const torch::Tensor& picture, const Layers& layers, Surface surface) {
  if (!paints_on(layers, surface)) return picture;
  return to_tensor(painted(to_image(picture), layers, surface)).to(picture.options());
}

torch::Tensor at_level(const torch::Tensor& x, const torch::Tensor& guess,
                       const torch::Tensor& painted, double sigma, const Edit& edit,
                       const Worsening& worsening) {
  if (sigma == 0) return painted;
  if (worsening) return x + (worsening(painted) - worsening(guess));
  if (edit.noise == NoiseSource::kFresh) {
    const PictureNoise noise(edit.noise_seed, {edit.picture});
    return painted + sigma * noise.draw(NoiseUse::kEdit, edit.step, x.sizes(), x.options())[0];
  }
  // painted + sigma (x - guess) / sigma, written so that unpainted pixels stay exactly as they
  // were.
  return x + (painted - guess);
}

}  // namespace

Edited apply_edit(const torch::Tensor& x, const torch::Tensor& guess, double sigma,
                  const Edit& edit, const Worsening& worsening) {
  check(edit);
  const torch::Tensor painted = painted_on(guess, edit.layers, Surface::kGuess);
  const torch::Tensor noisy = at_level(x, guess, painted, sigma, edit, worsening);
  return {painted_on(noisy, edit.layers, Surface::kNoisy), painted};
}

double noise_level(const torch::Tensor& x, const torch::Tensor& guess) {
  return (x - guess).to(torch::kDouble).square().mean().sqrt().item<double>();
}

}  // namespace stepwise
