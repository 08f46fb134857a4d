#include "diffusion/noise.h"

#include <gtest/gtest.h>

namespace stepwise {
namespace {

using torch::Tensor;

Tensor one(std::uint64_t seed, int picture, NoiseUse use, int step, std::int64_t size = 7) {
  return PictureNoise(seed, {picture}).draw(use, step, {1, size, size})[0];
}

TEST(Noise, APictureIsTheSameAloneAndInAnyBatch) {
  const Tensor batch = PictureNoise(5, picture_range(0, 10)).draw(NoiseUse::kStart, 0, {1, 7, 7});
  const Tensor mixed = PictureNoise(5, {8, 3}).draw(NoiseUse::kStart, 0, {1, 7, 7});
  for (int i = 0; i < 10; ++i)
    EXPECT_TRUE(torch::equal(batch[i], one(5, i, NoiseUse::kStart, 0))) << i;
  EXPECT_TRUE(torch::equal(mixed[0], batch[8]));
  EXPECT_TRUE(torch::equal(mixed[1], batch[3]));
}

TEST(Noise, SeedPictureUseAndStepEachMakeItDifferent) {
  const Tensor noise = one(1, 2, NoiseUse::kStep, 3);
  EXPECT_TRUE(torch::equal(noise, one(1, 2, NoiseUse::kStep, 3)));
  EXPECT_FALSE(torch::equal(noise, one(2, 2, NoiseUse::kStep, 3)));
  EXPECT_FALSE(torch::equal(noise, one(1 + (1ull << 40), 2, NoiseUse::kStep, 3)));
  EXPECT_FALSE(torch::equal(noise, one(1, 3, NoiseUse::kStep, 3)));
  EXPECT_FALSE(torch::equal(noise, one(1, 2, NoiseUse::kEdit, 3)));
  EXPECT_FALSE(torch::equal(noise, one(1, 2, NoiseUse::kStep, 4)));
}

TEST(Noise, EachCallWithinAStepDrawsAnewAndTheFirstAsThePictureNoiseItself) {
  const PictureNoise noise(5, {2});
  const Tensor x = torch::zeros({1, 1, 7, 7});
  const StepNoise draw = step_noise(noise, 3), again = step_noise(noise, 3);
  const Tensor first = draw(x), second = draw(x);
  EXPECT_TRUE(torch::equal(first, noise.like(NoiseUse::kStep, 3, x)));
  EXPECT_TRUE(torch::equal(second, noise.like(NoiseUse::kStep, 3, x, 1)));
  EXPECT_FALSE(torch::equal(first, second));
  EXPECT_FALSE(torch::equal(second, noise.like(NoiseUse::kStep, 4, x)));
  EXPECT_TRUE(torch::equal(first, again(x)));
  EXPECT_TRUE(torch::equal(second, again(x)));
}

TEST(Noise, IsStandardNormal) {
  const Tensor noise = PictureNoise(9, picture_range(0, 50)).draw(NoiseUse::kStart, 0, {3, 32, 32});
  const double n = double(noise.numel());
  EXPECT_NEAR(noise.mean().item<double>(), 0, 4 / std::sqrt(n));
  EXPECT_NEAR(noise.var().item<double>(), 1, 4 * std::sqrt(2 / n));
  EXPECT_NEAR(noise.pow(4).mean().item<double>(), 3, 4 * std::sqrt(96 / n));
  EXPECT_NEAR((noise.abs() > 1.959964).to(torch::kDouble).mean().item<double>(), 0.05, 0.003);
}

TEST(Noise, NeighboursAreUncorrelated) {
  const Tensor a =
      PictureNoise(9, picture_range(0, 100)).draw(NoiseUse::kStep, 0, {1, 28, 28}).flatten();
  const Tensor b =
      PictureNoise(9, picture_range(0, 100)).draw(NoiseUse::kStep, 1, {1, 28, 28}).flatten();
  const Tensor c =
      PictureNoise(10, picture_range(0, 100)).draw(NoiseUse::kStep, 0, {1, 28, 28}).flatten();
  const double bound = 4 / std::sqrt(double(a.numel()));
  EXPECT_NEAR((a * b).mean().item<double>(), 0, bound);
  EXPECT_NEAR((a * c).mean().item<double>(), 0, bound);
  EXPECT_NEAR((a.slice(0, 1) * a.slice(0, 0, -1)).mean().item<double>(), 0, bound);
  const std::int64_t picture = 28 * 28;
  EXPECT_NEAR((a.slice(0, picture) * a.slice(0, 0, -picture)).mean().item<double>(), 0, bound);
}

TEST(Noise, HasTheShapeAndTypeOfWhatItIsAddedTo) {
  const Tensor x = torch::zeros({2, 3, 5, 1}, torch::kDouble);
  const Tensor noise = PictureNoise(1, picture_range(0, 2)).like(NoiseUse::kStep, 0, x);
  EXPECT_EQ(noise.sizes(), x.sizes());
  EXPECT_EQ(noise.scalar_type(), torch::kDouble);
  EXPECT_TRUE(noise.isfinite().all().item<bool>());
  EXPECT_EQ(PictureNoise(1, picture_range(0, 0)).draw(NoiseUse::kStart, 0, {1, 2, 2}).size(0), 0);
}

}  // namespace
}  // namespace stepwise
