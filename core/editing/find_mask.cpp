#include "editing/find_mask.h"

#include <torch/utils.h>
#include <utility>

#include "diffusion/noise.h"

namespace stepwise {
namespace {

SampleSettings settings_for(const MaskSearch& search) {
  SampleSettings settings;
  settings.guidance = search.guidance;
  return settings;
}

// Grown by so many pixels to all sides.
Tensor grown(const Tensor& mask, int pixels) {
  return pixels == 0 ? mask : torch::max_pool2d(mask, 2 * pixels + 1, 1, pixels);
}

}  // namespace

MaskFinding::MaskFinding(const MaskSearch& search, Tensor pictures,
                         const std::vector<Condition>& sources,
                         const std::vector<Condition>& targets, const SharedModel& model)
    : search_(search), pictures_(std::move(pictures)) {
  check(search);
  require_noise(*model, "A search for what need not change");
  require(pictures_.sizes().slice(1) == torch::IntArrayRef(model->shape), "The picture is ",
          pictures_.sizes().slice(1), ", but the model is for ", torch::IntArrayRef(model->shape),
          " (channels, height, width).");
  source_ = model->denoiser(sources, settings_for(search));
  target_ = model->denoiser(targets, settings_for(search));
  sum_ = torch::zeros_like(pictures_.narrow(1, 0, 1));
}

bool MaskFinding::step() {
  if (done_ == search_.draws) return false;
  const torch::NoGradGuard no_grad;
  const PictureNoise noise(search_.seed, picture_range(0, int(pictures_.size(0))));
  const Tensor x = pictures_ + search_.sigma * noise.like(NoiseUse::kInspect, done_, pictures_);
  const Tensor source = source_(x, search_.sigma).clean;
  sum_ += (target_(x, search_.sigma).clean - source).abs().mean(1, true);
  return ++done_ < search_.draws;
}

FoundMask MaskFinding::found() const {
  const Tensor largest = sum_.amax({1, 2, 3}, true);
  const Tensor difference = sum_ / largest.clamp_min(1e-12);
  const Tensor mask = (difference >= search_.threshold).to(sum_.dtype()) * (largest > 0);
  return {grown(mask, search_.grow), difference};
}

}  // namespace stepwise
