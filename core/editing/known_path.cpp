#include "editing/known_path.h"

#include "diffusion/forward.h"
#include "diffusion/sampler.h"
#include "editing/branch.h"

namespace stepwise {
namespace {

// As far as a sampler is linear: nothing is clipped but the guesses themselves, and nothing added.
SampleSettings linear(SampleSettings settings) {
  settings.options.clip = 0;
  settings.options.threshold = 0;
  settings.options.churn = 0;
  settings.options.corrections = 0;
  return settings;
}

// E of e at a step of the branch, with the nth noise.
Tensor difference(const Branch& branch, int step, const Denoise& denoise, const Tensor& e,
                  double sigma, int nth) {
  const SamplerOptions& options = branch.settings.options;
  const Tensor known = branch.path->noisy(branch.pictures, step, sigma, nth);
  return clipped(options, denoise(known + e, sigma)) -
         clipped(options, branch.source(known, sigma));
}

// The mean over all draws; `first`: that of the first one.
Tensor mean_difference(const Branch& branch, int step, const Denoise& denoise, const Tensor& e,
                       double sigma, Tensor first) {
  for (int nth = 1; nth < branch.path->draws; ++nth)
    first = first + difference(branch, step, denoise, e, sigma, nth);
  return first / branch.path->draws;
}

}  // namespace

Tensor KnownPath::clean(const std::vector<int>& indices) const {
  if (pictures.size(0) == 1) return pictures;
  const std::vector<std::int64_t> rows(indices.begin(), indices.end());
  return pictures.index_select(0, torch::tensor(rows, torch::kLong).to(pictures.device()));
}

Tensor KnownPath::noisy(const std::vector<int>& indices, int step, double sigma, int nth) const {
  const PictureNoise noise(seed, indices);
  const auto shape = pictures.sizes().slice(1);
  const bool same = levels.schedule.has_severity();  // What makes it worse, at every step.
  const Tensor drawn =
      noise.draw(NoiseUse::kStart, same ? 0 : step, shape, pictures.options(), nth);
  return worsened(levels.schedule, clean(indices).expand_as(drawn), sigma, drawn);
}

Tensor KnownPath::at(int step, const std::vector<int>& indices) const {
  return noisy(indices, step, levels.sigmas[std::size_t(step)]);
}

Tensor next_on_path(const Branch& branch, int step, const Frame& frame, const Denoise& denoise,
                    History& history) {
  const KnownPath& path = *branch.path;
  const Tensor end = path.at(step + 1, branch.pictures);
  if (!branch.source) return end;
  const SamplerOptions& options = branch.settings.options;
  const double here = branch.sigma(step);
  const Tensor known = path.at(step, branch.pictures), e = frame.x - known;
  const auto changed = [&](const Tensor& at, double sigma) -> Guess {
    const Tensor first = difference(branch, step, denoise, at, sigma, 0);
    return mean_difference(branch, step, denoise, at, sigma, first);
  };
  const Tensor first = clipped(options, frame.guess) - clipped(options, branch.source(known, here));
  const Guess change = mean_difference(branch, step, denoise, e, here, first);
  const StepNoise none = [](const Tensor& x) { return torch::zeros_like(x); };
  return end +
         next_x(linear(branch.settings), branch.levels, step, changed, e, change, history, none);
}

}  // namespace stepwise
