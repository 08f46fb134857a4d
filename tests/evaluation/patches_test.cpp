#include "evaluation/patches.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include "evaluation/ideal.h"

namespace stepwise {
namespace {

// Pictures of 4 x 8 whose halves are of one grey each.
Tensor halves(std::vector<std::pair<int, int>> greys) {
  const Tensor pixels = torch::zeros({std::int64_t(greys.size()), 1, 4, 8}, torch::kByte);
  for (std::size_t i = 0; i < greys.size(); ++i) {
    pixels[std::int64_t(i)].slice(2, 0, 4).fill_(greys[i].first);
    pixels[std::int64_t(i)].slice(2, 4).fill_(greys[i].second);
  }
  return pixels;
}

Tensor in_data_units(const Tensor& pixels) { return pixels.to(torch::kFloat) / 127.5 - 1; }

TEST(LocalPatches, AsLargeAsThePictureAreTheIdealDenoiser) {
  torch::manual_seed(2);
  const Tensor pixels = torch::randint(0, 256, {40, 3, 5, 6}, torch::kLong).to(torch::kByte);
  std::vector<int> labels;
  for (int i = 0; i < 40; ++i) labels.push_back(i % 2);
  const LocalPatches patches(pixels, torch::tensor(labels, torch::kLong), 2);
  const IdealDenoiser ideal(in_data_units(pixels), labels);
  const Tensor x = torch::randn({3, 3, 5, 6});
  const std::vector<Condition> told{{0}, {1}, {}};
  const int whole = patches.sides().back();
  EXPECT_GE(whole, 2 * 6 - 1);
  for (const double sigma : {0.5, 3., 40.})
    EXPECT_TRUE(torch::allclose(patches.guesses(x, sigma, whole, told),
                                ideal.guesses(x, sigma, told), 0, 1e-4))
        << sigma;
}

TEST(LocalPatches, MixPicturesThatFitHereAndThere) {
  const Tensor known = halves({{40, 40}, {210, 210}}), wanted = in_data_units(halves({{40, 210}}));
  const LocalPatches patches(known, torch::zeros({2}, torch::kLong), 1);
  const Tensor guess = patches.guesses(wanted, 0.1, 3, {{0}});
  const auto without_edge = [](const Tensor& t) {
    return torch::cat({t.slice(3, 0, 3), t.slice(3, 5)}, 3);
  };
  EXPECT_TRUE(torch::allclose(without_edge(guess), without_edge(wanted), 0, 1e-4));
  const Tensor remembered = patches.guesses(wanted, 0.1, patches.sides().back(), {{0}});
  EXPECT_FALSE(torch::allclose(without_edge(remembered), without_edge(wanted), 0, 0.5));
}

TEST(LocalPatches, WithoutNoiseNothingIsGuessed) {
  const LocalPatches patches(halves({{0, 255}}), torch::zeros({1}, torch::kLong), 1);
  const Tensor x = torch::randn({1, 1, 4, 8});
  EXPECT_TRUE(torch::equal(patches.guesses(x, 0, 3, {{0}}), x));
}

TEST(PatchSizes, AreSmallWhereNewPicturesAreMadeOfKnownPieces) {
  const LocalPatches patches(halves({{40, 40}, {210, 210}}), torch::zeros({2}, torch::kLong), 1);
  PatchSizes sizes(patches, in_data_units(halves({{40, 210}, {210, 40}})), {{0}, {0}});
  while (sizes.step()) {
  }
  EXPECT_EQ(sizes.fraction(), 1);
  EXPECT_LT(sizes.side_at(0.3), 9);
  EXPECT_GE(sizes.side_at(8), sizes.side_at(0.05));
}

}  // namespace
}  // namespace stepwise
