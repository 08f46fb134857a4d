#include "diffusion/noise.h"

#include <ATen/core/PhiloxRNGEngine.h>

#include <cmath>
#include <numeric>
#include <utility>

namespace stepwise {
namespace {

// The part of a counter that says what the noise is for.
std::uint64_t stream_of(NoiseUse use, int step, int nth) {
  const auto draw = std::uint64_t(nth);
  return (draw >> 8 & 0x1f) << 27 | std::uint64_t(use) << 24 | (draw & 0xff) << 16 |
         (std::uint64_t(step) & 0xffff);
}

// Fills `out` from the counter-based generator of Salmon et al. 2011: seed, picture and stream are
// its key and counter, so any place in any stream is reached at once and no two streams can meet.
void fill_normal(float* out, std::int64_t count, std::uint64_t seed, int picture,
                 std::uint64_t stream) {
  at::philox_engine bits(seed, std::uint64_t(picture), stream << 32);
  const auto uniform = [&] { return (bits() + 1.0) / 4294967296.0; };  // In (0, 1].
  constexpr double kTwoPi = 6.283185307179586;
  for (std::int64_t i = 0; i < count; i += 2) {  // Box and Muller 1958.
    const double radius = std::sqrt(-2 * std::log(uniform()));
    const double angle = kTwoPi * uniform();
    out[i] = float(radius * std::cos(angle));
    if (i + 1 < count) out[i + 1] = float(radius * std::sin(angle));
  }
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
  const torch::Tensor noise = torch::empty(shape, torch::kFloat);
  const std::int64_t size = pictures_.empty() ? 0 : noise.numel() / noise.size(0);
  float* out = noise.data_ptr<float>();
  for (std::size_t i = 0; i < pictures_.size(); ++i)
    fill_normal(out + i * size, size, seed_, pictures_[i], stream_of(use, step, nth));
  return noise.to(options);
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
