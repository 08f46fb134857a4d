#include "editing/apply.h"

#include "diffusion/noise.h"
#include "diffusion/tensor_image.h"
#include "error.h"

namespace stepwise {
namespace {

torch::Tensor painted_for(const torch::Tensor& x, const Image& painted) {
  const bool fits =
      x.size(0) == painted.channels && x.size(1) == painted.height && x.size(2) == painted.width;
  require(fits, "The painted picture is ", painted.width, " x ", painted.height, " with ",
          painted.channels, " channels, but the frame is ", x.size(2), " x ", x.size(1), " with ",
          x.size(0), ". Paint on a picture of the frame's size.");
  const torch::Tensor pixels = to_tensor(painted);
  require(pixels.isfinite().all().item<bool>(),
          "The painted picture holds values that are not finite numbers. Paint it again.");
  return pixels.to(x.options());
}

}  // namespace

torch::Tensor apply_edit(const torch::Tensor& x, const torch::Tensor& guess, double sigma,
                         const Edit& edit) {
  const torch::Tensor painted = painted_for(x, edit.painted);
  if (sigma == 0 || edit.surface == Surface::kNoisy) return painted;
  if (edit.noise == NoiseSource::kFresh) {
    const PictureNoise noise(edit.noise_seed, {edit.picture});
    return painted + sigma * noise.draw(NoiseUse::kEdit, edit.step, x.sizes(), x.options())[0];
  }
  // painted + sigma (x - guess) / sigma, written so that unpainted pixels stay exactly as they
  // were.
  return x + (painted - guess);
}

double noise_level(const torch::Tensor& x, const torch::Tensor& guess) {
  return (x - guess).to(torch::kDouble).square().mean().sqrt().item<double>();
}

}  // namespace stepwise
