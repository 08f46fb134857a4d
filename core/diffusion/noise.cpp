#include "diffusion/noise.h"

#include <c10/util/accumulate.h>
#include <torch/utils.h>

#include <numeric>
#include <utility>

#include "diffusion/counter.h"

namespace stepwise {
namespace {

// What the noise is for, as one number.
std::uint32_t stream_of(NoiseUse use, int step, int nth) {
  const auto draw = std::uint32_t(nth);
  return (draw >> 8 & 0x1f) << 27 | std::uint32_t(use) << 24 | (draw & 0xff) << 16 |
         (std::uint32_t(step) & 0xffff);
}

}  // namespace

std::vector<int> picture_range(int first, int count) {
  std::vector<int> pictures(count);
  std::iota(pictures.begin(), pictures.end(), first);
  return pictures;
}

PictureNoise::PictureNoise(std::uint64_t seed, std::vector<int> pictures)
    : seed_(seed), pictures_(std::move(pictures)) {}

torch::Tensor PictureNoise::draw(NoiseUse use, int step, torch::IntArrayRef picture_shape,
                                 torch::TensorOptions options, int nth) const {
  std::vector<std::int64_t> shape = picture_shape.vec();
  shape.insert(shape.begin(), std::int64_t(pictures_.size()));
  const torch::Tensor places = torch::tensor(pictures_, torch::kLong);
  const std::int64_t size = c10::multiply_integers(picture_shape);
  return random_normal(seed_, stream_of(use, step, nth), places, size).view(shape).to(options);
}

torch::Tensor PictureNoise::like(NoiseUse use, int step, const torch::Tensor& x, int nth) const {
  return draw(use, step, x.sizes().slice(1), x.options(), nth);
}

StepNoise step_noise(PictureNoise noise, int step) {
  return [noise = std::move(noise), step, draws = 0](const torch::Tensor& x) mutable {
    return noise.like(NoiseUse::kStep, step, x, draws++);
  };
}

}  // namespace stepwise
