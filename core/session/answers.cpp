#include "session/answers.h"

#include <torch/utils.h>

#include <utility>

#include "diffusion/degradation.h"
#include "diffusion/noise.h"
#include "diffusion/tensor_image.h"
#include "editing/apply.h"
#include "editing/quick_end.h"
#include "error.h"

namespace stepwise {
namespace {

double root_mean_square(const Tensor& x) { return x.square().mean().sqrt().item<double>(); }

}  // namespace

PreviewReady preview(const Fork& fork, Forest& forest, const SharedModel& model, Meter* meter) {
  const torch::NoGradGuard no_grad;
  const Branch branch = forest.forked(fork.edit, fork.settings, fork.condition, model);
  const Tensor noisy = branch.frames.front().x;
  const double sigma = branch.sigma(branch.fork);
  const Tensor guess = branch.denoise(noisy, sigma).clean;
  const bool metered = meter && sigma > 0 && !branch.levels.schedule.has_severity();
  const Image levels = metered ? to_image(levels_seen(*meter, noisy.cpu()) / sigma) : Image();
  return {fork.edit, to_image(noisy[0]), to_image(guess[0]), noise_level(noisy, guess), sigma,
          levels};
}

Piece looking_ahead(const Fork& fork, Forest& forest, const SharedModel& model) {
  const auto branch =
      std::make_shared<Branch>(forest.forked(fork.edit, fork.settings, fork.condition, model));
  return [edit = fork.edit, branch, step = branch->fork, quick = has_quick_end(*branch),
          guessed = false](const Emit& emit) mutable {
    const torch::NoGradGuard no_grad;
    if (quick && !std::exchange(guessed, true)) {
      emit(SeenAhead{edit, branch->steps(), to_image(quick_end(*branch)[0]), false});
      return true;
    }
    Frame& frame = branch->frames.back();
    const bool begins = !frame.guess.defined();
    frame = next_frame(*branch, step, frame, branch->denoise);
    if (!begins) ++step;
    const bool finished = step == branch->steps();
    if (finished || !quick) emit(SeenAhead{edit, step, to_image(frame.guess.clean[0]), finished});
    return !finished;
  };
}

Worsened worsened(const Worsen& asked) {
  for (const double severity : asked.severities) kSeverity.check("The severity", severity);
  const Tensor one = to_tensor(asked.picture).unsqueeze(0);
  const Tensor noise = PictureNoise(asked.seed, {0}).like(NoiseUse::kInspect, 0, one);
  const auto count = std::int64_t(asked.severities.size());
  const Tensor severities = torch::tensor(asked.severities, torch::kFloat);
  const auto each = [&](const Tensor& picture) { return picture.repeat({count, 1, 1, 1}); };
  std::vector<Tensor> all;
  const auto add = [&](const DegradationStack& stack) {
    all.push_back(degraded(stack, each(one), severities, each(noise)));
  };
  for (const DegradationName& family : kDegradations) add(family.kind);
  for (const DegradationStack& stack : asked.stacks) add(stack);
  return {asked.severities, to_image_batch(torch::cat(all)), asked.stacks};
}

Inspected inspect(const Inspect& question, const Model& model, const IdealDenoiser& ideal,
                  const Condition& known) {
  const torch::NoGradGuard no_grad;
  kSigma.check("The noise level", question.sigma);
  require_noise(model, "The ideal guess");
  const Tensor clean = to_tensor(question.picture).to(model.device);
  require(clean.sizes() == torch::IntArrayRef(model.shape), "The picture is ", clean.sizes(),
          ", but the model is for ", torch::IntArrayRef(model.shape),
          " (channels, height, width).");
  const Tensor noise =
      PictureNoise(question.seed, {0}).like(NoiseUse::kInspect, 0, clean.unsqueeze(0))[0];
  const Tensor noisy = clean + question.sigma * noise;
  const Guess all =
      model.denoiser({question.condition}, SampleSettings{})(noisy.unsqueeze(0), question.sigma);
  const Tensor guess = all.clean[0];
  const auto best = ideal(noisy.cpu(), question.sigma, known);
  return {question.sigma,
          to_image(noisy),
          to_image(guess),
          to_image(best.guess),
          ideal.known(known),
          root_mean_square(guess - clean),
          root_mean_square(best.guess - clean.cpu()),
          best.nearest,
          best.weight};
}

}  // namespace stepwise
