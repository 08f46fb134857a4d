#include "diffusion/denoiser.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace stepwise {
namespace {

// A [N] value as [N, 1, 1, 1], to multiply pictures with.
Tensor per_picture(const Tensor& value) { return value.view({-1, 1, 1, 1}); }

// D of an EDM network at one level. sigma = 0 leaves nothing to remove, and no logarithm to give to
// F.
Tensor denoise_edm(const Network& network, double sigma_data, const Tensor& labels, const Tensor& x,
                   double sigma) {
  if (sigma == 0) return x;
  const torch::NoGradGuard no_gradients;
  const Precond c = precond(torch::tensor(sigma, torch::kDouble), sigma_data);
  const Tensor timestep = torch::full({x.size(0)}, c.noise.item<double>(), x.options());
  return c.skip * x + c.out * network(c.in * x, timestep, labels);
}

Tensor label_tensor(const std::vector<int>& labels, int classes, torch::Device device) {
  std::vector<std::int64_t> numbers;
  for (const int label : labels) {
    require(label == kNoClass || (label >= 0 && label < classes), "There is no class ", label,
            ": the model knows classes 0 to ", classes - 1, ".");
    numbers.push_back(label == kNoClass ? classes : label);
  }
  return torch::tensor(numbers, torch::kLong).to(device);
}

}  // namespace

Precond precond(const Tensor& sigma, double sigma_data) {
  const Tensor variance = sigma.square() + sigma_data * sigma_data;
  return {sigma_data * sigma_data / variance, sigma * sigma_data / variance.sqrt(),
          variance.rsqrt(), sigma.log() / 4};
}

Regression edm_regression(const Tensor& clean, const Tensor& noise, const Tensor& sigma,
                          double sigma_data) {
  const Precond c = precond(sigma, sigma_data);
  const Tensor noisy = clean + per_picture(sigma) * noise;
  return {per_picture(c.in) * noisy, c.noise,
          (clean - per_picture(c.skip) * noisy) / per_picture(c.out)};
}

Denoise edm_denoiser(Network network, double sigma_data, Tensor labels) {
  return [=](const Tensor& x, double sigma) {
    return denoise_edm(network, sigma_data, labels, x, sigma);
  };
}

Denoise clamped(Denoise denoise) {
  return [=](const Tensor& x, double sigma) { return denoise(x, sigma).clamp(-1, 1); };
}

Denoise guided(Denoise cond, Denoise uncond, Guidance guidance) {
  return [=](const Tensor& x, double sigma) {
    const double w = guidance.at(sigma);
    if (w == 1) return cond(x, sigma);
    const Tensor base = uncond(x, sigma);
    return w == 0 ? base : base + w * (cond(x, sigma) - base);
  };
}

Denoise guided_edm(Network network, double sigma_data, Tensor labels, std::int64_t null_class,
                   Guidance guidance) {
  const Tensor null_labels = torch::full_like(labels, null_class);
  const Tensor both = torch::cat({labels, null_labels});
  return [=](const Tensor& x, double sigma) {
    const double w = guidance.at(sigma);
    if (w == 1) return denoise_edm(network, sigma_data, labels, x, sigma);
    if (w == 0) return denoise_edm(network, sigma_data, null_labels, x, sigma);
    const auto halves = denoise_edm(network, sigma_data, both, torch::cat({x, x}), sigma).chunk(2);
    return halves[1] + w * (halves[0] - halves[1]);
  };
}

std::vector<int> labels_of(const SampleSettings& settings, int classes, int count) {
  require(classes > 0 || settings.label < 0, "There is no class ", settings.label,
          ": this model knows no classes. Ask for pictures without one.");
  require(classes == 0 || settings.label < classes, "There is no class ", settings.label,
          ": the model knows classes 0 to ", classes - 1, ".");
  std::vector<int> labels(count, classes == 0 ? kNoClass : settings.label);
  if (classes > 0 && settings.label == kAllClasses)
    for (int i = 0; i < count; ++i) labels[i] = i % classes;
  return labels;
}

Denoise model_denoiser(Network network, double sigma_data, int classes,
                       const std::vector<int>& labels, const SampleSettings& settings,
                       torch::Device device) {
  if (classes == 0) return clamped(edm_denoiser(std::move(network), sigma_data));
  const Tensor numbers = label_tensor(labels, classes, device);
  const bool any = std::any_of(labels.begin(), labels.end(), [](int l) { return l != kNoClass; });
  if (!any) return clamped(edm_denoiser(std::move(network), sigma_data, numbers));
  return clamped(guided_edm(std::move(network), sigma_data, numbers, classes,
                            {settings.guidance, settings.guidance_min, settings.guidance_max}));
}

}  // namespace stepwise
