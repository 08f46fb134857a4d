#include "editing/quick_end.h"

#include "diffusion/noise.h"
#include "settings/few_steps.h"

namespace stepwise {
namespace {

Denoise few_step_denoiser(Branch branch) {
  branch.model = branch.model->few_steps;
  branch.settings = SampleSettings();
  use_few_steps(branch.settings);
  return compose(branch);
}

}  // namespace

bool has_quick_end(const Branch& branch) {
  return branch.model->few_steps && !branch.on_path && branch.steps() - branch.fork > 2;
}

// Song et al. 2023, Alg. 1, and at the end what finishes a picture: that asks no network.
Tensor quick_end(const Branch& branch) {
  const Denoise denoise = few_step_denoiser(branch);
  const Tensor& x = branch.frames.front().x;
  const double first = branch.sigma(branch.fork), second = second_level(first);
  const Tensor noise = PictureNoise(branch.settings.seed, branch.pictures)
                           .like(NoiseUse::kStep, branch.levels.number(branch.fork), x);
  Tensor noisy = denoise(x, first).clean + second * noise;
  if (branch.back) noisy = held_to(branch.back, noisy, first, second);
  Tensor end = denoise(noisy, second).clean;
  if (branch.back) end = held_to(branch.back, end, second, 0);
  return denoise(end, 0).clean;
}

}  // namespace stepwise
