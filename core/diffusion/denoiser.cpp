#include "diffusion/denoiser.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace stepwise {
namespace {

// A [N] value as [N, 1, 1, 1], to multiply pictures with.
Tensor per_picture(const Tensor& value) { return value.view({-1, 1, 1, 1}); }

// D of a network at one level. sigma = 0 leaves nothing to remove, and no level to tell the
// network.
Guess denoised(const Network& network, const Levels& levels, const Tensor& labels, const Tensor& x,
               double sigma) {
  if (sigma == 0) return x;
  const torch::NoGradGuard no_gradients;
  const Coefficients c = levels.at(sigma);
  const Tensor timestep = torch::full({x.size(0)}, c.time, x.options());
  const Tensor answer = network(c.in * x + c.shift, timestep, labels);
  if (answer.size(1) == x.size(1)) return c.skip * x + c.out * answer;
  const auto halves = answer.chunk(2, 1);
  return {c.skip * x + c.out * halves[0], halves[1]};
}

Tensor label_tensor(const std::vector<int>& labels, Classes classes, torch::Device device) {
  std::vector<std::int64_t> numbers;
  for (const int label : labels) {
    require(
        label != kNoClass || classes.has_null,
        "This model was trained without a null class, so each picture needs a class. Choose one.");
    require(label == kNoClass || (label >= 0 && label < classes.count), "There is no class ", label,
            ": the model knows classes 0 to ", classes.count - 1, ".");
    numbers.push_back(label == kNoClass ? classes.count : label);
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

Denoise network_denoiser(Network network, Levels levels, Tensor labels) {
  return [=](const Tensor& x, double sigma) { return denoised(network, levels, labels, x, sigma); };
}

Denoise clamped(Denoise denoise) {
  return [=](const Tensor& x, double sigma) {
    const Guess guess = denoise(x, sigma);
    return Guess(guess.clean.clamp(-1, 1), guess.variance);
  };
}

Denoise guided(Denoise cond, Denoise uncond, Guidance guidance) {
  return [=](const Tensor& x, double sigma) -> Guess {
    const double w = guidance.at(sigma);
    if (w == 1) return cond(x, sigma);
    const Guess base = uncond(x, sigma);
    if (w == 0) return base;
    const Guess asked = cond(x, sigma);
    return {base.clean + w * (asked.clean - base.clean), asked.variance};
  };
}

Denoise guided_network(Network network, Levels levels, Tensor labels, std::int64_t null_class,
                       Guidance guidance) {
  const Tensor null_labels = torch::full_like(labels, null_class);
  const Tensor both = torch::cat({labels, null_labels});
  return [=](const Tensor& x, double sigma) -> Guess {
    const double w = guidance.at(sigma);
    if (w == 1) return denoised(network, levels, labels, x, sigma);
    if (w == 0) return denoised(network, levels, null_labels, x, sigma);
    const Guess all = denoised(network, levels, both, torch::cat({x, x}), sigma);
    const auto halves = all.clean.chunk(2);
    const Tensor variance = all.variance.defined() ? all.variance.chunk(2)[0] : Tensor();
    return {halves[1] + w * (halves[0] - halves[1]), variance};
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

Denoise model_denoiser(Network network, Levels levels, Classes classes,
                       const std::vector<int>& labels, const SampleSettings& settings,
                       torch::Device device) {
  if (classes.count == 0) return network_denoiser(std::move(network), std::move(levels));
  const Tensor numbers = label_tensor(labels, classes, device);
  const bool any = std::any_of(labels.begin(), labels.end(), [](int l) { return l != kNoClass; });
  require(!any || classes.has_null || settings.guidance == 1, "Guidance is ", settings.guidance,
          ", but this model was trained without a null class to guide away from. Set it to 1.");
  if (!any || settings.guidance == 1)
    return network_denoiser(std::move(network), std::move(levels), numbers);
  return guided_network(std::move(network), std::move(levels), numbers, classes.count,
                        {settings.guidance, settings.guidance_min, settings.guidance_max});
}

}  // namespace stepwise
