#include "model/embeddings.h"

#include <cmath>
#include <numbers>

#include "model/watch.h"

namespace stepwise {

using torch::Tensor;

Tensor positional_features(const Tensor& timestep, std::int64_t width, double freq_shift,
                           bool flip_sin_to_cos) {
  const std::int64_t half = width / 2;
  const Tensor k = torch::arange(half, timestep.options().dtype(torch::kFloat));
  const Tensor frequency = (k * -std::log(10000.0) / (double(half) - freq_shift)).exp();
  const Tensor angle = timestep.to(torch::kFloat).unsqueeze(1) * frequency;
  const Tensor sin = angle.sin(), cos = angle.cos();
  const Tensor features = flip_sin_to_cos ? torch::cat({cos, sin}, 1) : torch::cat({sin, cos}, 1);
  return width % 2 == 0 ? features : torch::constant_pad_nd(features, {0, 1});
}

FourierFeaturesImpl::FourierFeaturesImpl(std::int64_t width)
    : weight(register_buffer("weight", torch::randn({width}) * 16)) {}

Tensor FourierFeaturesImpl::forward(const Tensor& timestep) {
  const Tensor time = timestep.to(weight.scalar_type()).log();
  const Tensor angle = time.unsqueeze(1) * weight * 2 * std::numbers::pi;
  return torch::cat({angle.sin(), angle.cos()}, 1);
}

TimestepEmbeddingImpl::TimestepEmbeddingImpl(std::int64_t features, std::int64_t width)
    : linear_1(register_module("linear_1", torch::nn::Linear(features, width))),
      linear_2(register_module("linear_2", torch::nn::Linear(width, width))) {}

Tensor TimestepEmbeddingImpl::forward(const Tensor& features) {
  return Watch::tell(*this, linear_2(torch::silu(linear_1(features))));
}

}  // namespace stepwise
