#include "diffusion/counter.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include <cmath>
#include <numbers>
#include <vector>

namespace stepwise {
namespace {

using torch::Tensor;

Tensor places(std::vector<std::int64_t> numbers) { return torch::tensor(numbers, torch::kLong); }

// Of the known answers that its authors publish, the one of counter and key of zeros.
TEST(Counter, BitsAreTheKnownAnswer) {
  const Tensor zeros = places({0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}).view({1, 4});
  EXPECT_TRUE(random_bits(0, 0, places({0}), 4).equal(zeros));
  EXPECT_TRUE(random_bits_by_tensors(0, 0, places({0}), 4).equal(zeros));
}

TEST(Counter, BitsAreTheSameInALoopAndByTensors) {
  const Tensor rows = places({0, 1, 77, 0xffffffff, 0x100000000, 0x7fffffff12345678});
  for (const std::uint64_t seed : {std::uint64_t{1}, ~std::uint64_t{0}, std::uint64_t{1} << 40})
    for (const std::uint32_t stream : {0u, 5u, 0xffffffffu})
      for (const std::int64_t count : {1, 3, 4, 203})
        EXPECT_TRUE(random_bits(seed, stream, rows, count)
                        .equal(random_bits_by_tensors(seed, stream, rows, count)))
            << seed << " " << stream << " " << count;
}

TEST(Counter, APlaceHasItsNumbersInWhateverCompany) {
  const Tensor all = random_normal(3, 2, places({4, 5, 6}), 9);
  EXPECT_TRUE(random_normal(3, 2, places({5}), 9)[0].equal(all[1]));
  EXPECT_FALSE(random_normal(3, 3, places({5}), 9)[0].equal(all[1]));
  EXPECT_FALSE(random_normal(4, 2, places({5}), 9)[0].equal(all[1]));
}

TEST(Counter, NormalNumbersAreThoseOfBoxAndMuller) {
  const Tensor pairs = random_uniform(11, 6, places({2, 9}), 26),
               found = random_normal(11, 6, places({2, 9}), 25);
  for (int row = 0; row < 2; ++row)
    for (int i = 0; i < 25; ++i) {
      const double first = pairs[row][i / 2 * 2].item<double>(),
                   second = pairs[row][i / 2 * 2 + 1].item<double>();
      const double angle = 2 * std::numbers::pi * second;
      EXPECT_FLOAT_EQ(found[row][i].item<float>(), std::sqrt(-2 * std::log(first)) *
                                                       (i % 2 ? std::sin(angle) : std::cos(angle)));
    }
}

TEST(Counter, UniformNumbersAreEvenlySpread) {
  const Tensor numbers = random_uniform(1, 0, places({1, 2}), 20000);
  EXPECT_GT(numbers.min().item<double>(), 0);
  EXPECT_LE(numbers.max().item<double>(), 1);
  const Tensor shares = torch::histc(numbers, 10, 0, 1) / double(numbers.numel());
  EXPECT_LE((shares - 0.1).abs().max().item<double>(), 0.01);
}

TEST(Counter, AnOrderHoldsEachOnce) {
  const Tensor order = random_order(1, 0, 3, 1000, torch::kCPU);
  EXPECT_TRUE(std::get<0>(order.sort()).equal(torch::arange(1000)));
  EXPECT_TRUE(order.equal(random_order(1, 0, 3, 1000, torch::kCPU)));
  EXPECT_FALSE(order.equal(random_order(1, 0, 4, 1000, torch::kCPU)));
}

}  // namespace
}  // namespace stepwise
