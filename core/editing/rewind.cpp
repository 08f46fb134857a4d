#include "editing/rewind.h"

#include <algorithm>

#include "diffusion/noise.h"
#include "diffusion/tensor_image.h"
#include "painting/level_map.h"

namespace stepwise {

Rewound rewound(const Edit& edit, const Edited& there, const Levels& levels, std::uint64_t seed) {
  const Tensor& y = there.guess;
  const Image map = levels_by(edit.layers, int(y.size(1)), int(y.size(2)));
  Rewound back;
  back.step = edit.step;
  std::vector<double> let_go;
  for (const float level : map.pixels) {
    const int step = step_back(levels.sigmas, level, edit.step);
    let_go.push_back(levels.sigmas[std::size_t(step)]);
    back.step = std::min(back.step, step);
  }
  if (back.step == edit.step) return back;
  const double now = levels.sigmas[std::size_t(edit.step)];
  const PictureNoise source(edit.noise_seed, {edit.picture});
  const Tensor fresh = source.draw(NoiseUse::kEdit, back.step, y.sizes(), y.options());
  const Tensor own = now > 0 ? (there.x - y).unsqueeze(0) / now : fresh;
  back.levels = torch::tensor(let_go, torch::kDouble).view({y.size(1), y.size(2)}).to(y.device());
  back.picture = y.unsqueeze(0);
  back.schedule = levels.schedule;
  if (levels.schedule.has_severity())
    back.noise = PictureNoise(seed, {edit.picture}).like(NoiseUse::kStart, 0, back.picture);
  else
    back.noise = torch::where(back.levels > now, fresh, own);
  return back;
}

Denoise holding(Denoise denoise, const Rewound& back) {
  return [=](const Tensor& x, double sigma) {
    const Guess guess = denoise(x, sigma);
    return Guess(torch::where(back.held(sigma), back.picture, guess.clean), guess.variance);
  };
}

Tensor held_to(const Rewound& back, const Tensor& x, double sigma, double next) {
  return torch::where(back.held(sigma), back.noisy(next), x);
}

}  // namespace stepwise
