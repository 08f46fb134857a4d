#include "diffusion/counter.h"

#include <ATen/core/PhiloxRNGEngine.h>
#include <torch/utils.h>

#include <numbers>

namespace stepwise {
namespace {

using torch::Tensor;

constexpr std::int64_t kLow = 0xffffffff;  // 32 bits.
constexpr double kBelow = 4294967296;      // 2^32.

std::int64_t low(std::uint64_t number) { return std::int64_t(number & kLow); }
std::int64_t high(std::uint64_t number) { return std::int64_t(number >> 32); }

Tensor up(const Tensor& x, int bits) { return torch::bitwise_left_shift(x, bits); }
Tensor down(const Tensor& x, int bits) { return torch::bitwise_right_shift(x, bits); }

// The upper and lower 32 bits of factor * x, of numbers of 32 bits, in which no product of 16 and
// 32 bits loses its sign.
std::pair<Tensor, Tensor> product(std::int64_t factor, const Tensor& x) {
  const Tensor lower = (x & 0xffff) * factor, upper = down(x, 16) * factor;
  return {down(upper + down(lower, 16), 16), (lower + up(upper & 0xffff, 16)) & kLow};
}

}  // namespace

Tensor random_bits_by_tensors(std::uint64_t seed, std::uint32_t stream, const Tensor& places,
                              std::int64_t count) {
  const std::int64_t blocks = (count + 3) / 4;
  const std::vector<std::int64_t> shape{places.size(0), blocks};
  const Tensor rows = places.view({-1, 1});
  Tensor a = torch::arange(blocks, places.options()).expand(shape);
  Tensor b = torch::full(shape, std::int64_t(stream), places.options());
  Tensor c = (rows & kLow).expand(shape), d = down(rows, 32).expand(shape);
  std::int64_t first = low(seed), second = high(seed);
  for (int round = 0; round < 10; ++round) {
    const auto [upper_a, lower_a] = product(0xD2511F53, a);
    const auto [upper_c, lower_c] = product(0xCD9E8D57, c);
    a = upper_c ^ b ^ first;
    b = lower_c;
    c = upper_a ^ d ^ second;
    d = lower_a;
    first = (first + 0x9E3779B9) & kLow;
    second = (second + 0xBB67AE85) & kLow;
  }
  return torch::stack({a, b, c, d}, 2).flatten(1).narrow(1, 0, count);
}

Tensor random_bits(std::uint64_t seed, std::uint32_t stream, const Tensor& places,
                   std::int64_t count) {
  if (!places.is_cpu()) return random_bits_by_tensors(seed, stream, places, count);
  const Tensor bits = torch::empty({places.size(0), count}, torch::kLong);
  const Tensor rows = places.contiguous();
  std::int64_t* out = bits.data_ptr<std::int64_t>();
  for (std::int64_t i = 0; i < rows.size(0); ++i) {
    at::philox_engine engine(seed, std::uint64_t(rows.data_ptr<std::int64_t>()[i]),
                             std::uint64_t(stream) << 32);
    for (std::int64_t k = 0; k < count; ++k) *out++ = engine();
  }
  return bits;
}

Tensor random_uniform(std::uint64_t seed, std::uint32_t stream, const Tensor& places,
                      std::int64_t count) {
  return (random_bits(seed, stream, places, count).to(torch::kDouble) + 1) / kBelow;
}

Tensor random_normal(std::uint64_t seed, std::uint32_t stream, const Tensor& places,
                     std::int64_t count) {
  const std::int64_t half = (count + 1) / 2;
  const Tensor pairs =
      random_uniform(seed, stream, places, 2 * half).view({places.size(0), half, 2});
  const Tensor radius = (-2 * pairs.select(2, 0).log()).sqrt();  // Box and Muller 1958.
  const Tensor angle = 2 * std::numbers::pi * pairs.select(2, 1);
  return torch::stack({radius * angle.cos(), radius * angle.sin()}, 2)
      .flatten(1)
      .narrow(1, 0, count)
      .to(torch::kFloat);
}

Tensor random_order(std::uint64_t seed, std::uint32_t stream, std::int64_t place,
                    std::int64_t count, torch::Device device) {
  const Tensor here = torch::full({1}, place, torch::dtype(torch::kLong).device(device));
  // Equal numbers stay in their order: on every device the same.
  return random_bits(seed, stream, here, count).view({-1}).argsort(/*stable=*/true, 0, false);
}

}  // namespace stepwise
