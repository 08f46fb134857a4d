#include "evaluation/meter.h"

#include <torch/utils.h>
#include <algorithm>
#include <cmath>

#include "diffusion/noise.h"
#include "diffusion/tensor_image.h"

namespace stepwise {
namespace {

namespace nn = torch::nn;
using torch::Tensor;

constexpr std::int64_t kFilters = 24, kWidth = 32;
constexpr double kLeast = 1e-3;         // Answers of filters smaller than this count as this.
constexpr std::int64_t kPortion = 250;  // Pictures at a time.

nn::Conv2d same(std::int64_t in, std::int64_t out, std::int64_t kernel, bool bias = true) {
  return nn::Conv2d(nn::Conv2dOptions(in, out, kernel)
                        .padding(kernel / 2)
                        .padding_mode(torch::kReplicate)
                        .bias(bias));
}

}  // namespace

MeterNetImpl::MeterNetImpl(std::int64_t channels)
    : filters(register_module("filters", same(channels, kFilters, 5, false))),
      first(register_module("first", same(kFilters, kWidth, 3))),
      second(register_module("second", same(kWidth, kWidth, 3))),
      out(register_module("out", nn::Conv2d(nn::Conv2dOptions(kWidth, 2, 1)))) {}

Tensor MeterNetImpl::forward(const Tensor& noisy) {
  const Tensor answers = filters(noisy).square().add(kLeast * kLeast).log().mul(0.5);
  const Tensor shift = answers.mean(1, true);
  const Tensor told = out(second(first(answers - shift).relu()).relu());
  return torch::cat({shift + told.slice(1, 0, 1), told.slice(1, 1)}, 1);
}

Tensor log_level_of_pictures(const Tensor& told) {
  const Tensor weights = told.select(1, 1).flatten(1).softmax(1);
  return (weights * told.select(1, 0).flatten(1)).sum(1);
}

Tensor levels_seen(Meter& meter, const Tensor& noisy) {
  const torch::NoGradGuard no_grad;
  return meter.net(noisy).select(1, 0).exp();
}

Tensor level_seen(Meter& meter, const Tensor& noisy) {
  const torch::NoGradGuard no_grad;
  return log_level_of_pictures(meter.net(noisy)).exp();
}

double error_on(Meter& meter, const Pictures& pictures, int at_most, std::uint64_t seed) {
  const std::int64_t all = std::min(at_most, pictures.count);
  const double log_min = std::log(kMeteredSigma.min), log_max = std::log(kMeteredSigma.max);
  double sum = 0;
  for (std::int64_t first = 0; first < all; first += kPortion) {
    const std::int64_t count = std::min<std::int64_t>(kPortion, all - first);
    const Tensor clean = tensor_of(pictures, first, count);
    const PictureNoise noise(seed, picture_range(int(first), int(count)));
    // Evenly spread, in an order that has nothing to do with that of the pictures.
    const Tensor place =
        (torch::arange(first, first + count, torch::kDouble) * 0.6180339887498949).frac();
    const Tensor sigma = (log_min + (log_max - log_min) * place).exp();
    const Tensor noisy = clean + sigma.to(torch::kFloat).view({-1, 1, 1, 1}) *
                                     noise.like(NoiseUse::kInspect, 0, clean);
    sum += (level_seen(meter, noisy) / sigma - 1).abs().sum().item<double>();
  }
  return sum / double(all);
}

}  // namespace stepwise
