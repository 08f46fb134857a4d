#include "engine/answers.h"

#include "diffusion/noise.h"
#include "diffusion/tensor_image.h"
#include "editing/apply.h"
#include "error.h"

namespace stepwise {
namespace {

double root_mean_square(const Tensor& x) { return x.square().mean().sqrt().item<double>(); }

}  // namespace

PreviewReady preview(const Preview& question, const Trajectory& trajectory, const Source& source) {
  const torch::NoGradGuard no_grad;
  const Edit& edit = question.edit;
  const Seen seen = trajectory.lookup(edit.branch, edit.step, edit.picture);
  const Tensor noisy = apply_edit(seen.x, seen.guess, seen.sigma, edit);
  const auto& settings = trajectory.branch(edit.branch).settings;
  const Tensor guess =
      seen.sigma > 0
          ? source.denoiser({question.label}, settings)(noisy.unsqueeze(0), seen.sigma).clean[0]
          : noisy;
  PreviewReady answer{edit, to_image(noisy), to_image(guess), noise_level(noisy, guess),
                      seen.sigma};
  answer.edit.painted = {};
  return answer;
}

Inspected inspect(const Inspect& question, const Source& source, const IdealDenoiser& ideal) {
  const torch::NoGradGuard no_grad;
  kSigma.check("The noise level", question.sigma);
  const Tensor clean = to_tensor(question.picture).to(source.device);
  require(clean.sizes() == torch::IntArrayRef(source.shape), "The picture is ", clean.sizes(),
          ", but the model is for ", torch::IntArrayRef(source.shape),
          " (channels, height, width).");
  const Tensor noise =
      PictureNoise(question.seed, {0}).like(NoiseUse::kInspect, 0, clean.unsqueeze(0))[0];
  const Tensor noisy = clean + question.sigma * noise;
  const Guess all =
      source.denoiser({question.label}, SampleSettings{})(noisy.unsqueeze(0), question.sigma);
  const Tensor guess = all.clean[0];
  const auto best = ideal(noisy.cpu(), question.sigma);
  return {question.sigma,
          to_image(noisy),
          to_image(guess),
          to_image(best.guess),
          root_mean_square(guess - clean),
          root_mean_square(best.guess - clean.cpu()),
          best.nearest,
          best.weight};
}

}  // namespace stepwise
