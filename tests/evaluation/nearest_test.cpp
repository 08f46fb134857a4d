#include "evaluation/nearest.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include "diffusion/tensor_image.h"
#include "error.h"

namespace stepwise {
namespace {

using torch::Tensor;

// More pictures than one portion of the search, of random pixels.
Pictures random_pictures(int count) {
  torch::manual_seed(1);
  Pictures pictures{{count, 3, 4, 1, {}}, std::vector<std::uint8_t>(std::size_t(count), 0)};
  const Tensor bytes = torch::randint(256, {count * 12}, torch::kUInt8);
  const auto* first = bytes.data_ptr<std::uint8_t>();
  pictures.pixels = std::vector(first, first + bytes.numel());
  return pictures;
}

Nearest search(const Pictures& pictures, const Tensor& queries) {
  NearestSearch s(pictures, queries);
  while (s.step()) {
  }
  EXPECT_EQ(s.fraction(), 1);
  return s.result();
}

TEST(Nearest, OfAPictureOfTheSetIsItselfAtDistanceZero) {
  const Pictures pictures = random_pictures(5000);
  const Tensor some = torch::tensor({4999, 0, 123, 4096, 4095}, torch::kLong);
  const Nearest nearest = search(pictures, tensor_of(pictures, some));
  EXPECT_TRUE(torch::equal(nearest.index, some));
  EXPECT_EQ(nearest.distance.abs().max().item<double>(), 0);
}

TEST(Nearest, DistanceIsTheRootMeanSquareInDataUnits) {
  Pictures black{{1, 1, 2, 1, {}}, {0}};
  black.pixels = std::vector<std::uint8_t>{0, 0};
  const Tensor query = torch::tensor({-1.f, 0.5f}).view({1, 1, 1, 2});
  EXPECT_NEAR(search(black, query).distance.item<double>(), 1.5 / std::sqrt(2.), 1e-6);
}

TEST(Nearest, IsWhatComparingEveryPairFinds) {
  const Pictures pictures = random_pictures(5000);
  const Tensor queries = torch::rand({20, 1, 3, 4}) * 2 - 1;
  const Tensor pairs =
      (queries.flatten(1).unsqueeze(1) - tensor_of(pictures, 0, 5000).flatten(1).unsqueeze(0))
          .square()
          .mean(2);
  const auto [square, index] = pairs.min(1);
  const Nearest nearest = search(pictures, queries);
  EXPECT_TRUE(torch::equal(nearest.index, index));
  EXPECT_TRUE(torch::allclose(nearest.distance, square.sqrt().to(torch::kDouble), 1e-5));
}

TEST(Nearest, PicturesOfAnotherSizeAreRefused) {
  const Pictures pictures = random_pictures(10);
  EXPECT_THROW(NearestSearch(pictures, torch::zeros({1, 1, 4, 3})), Error);
  EXPECT_THROW(NearestSearch(pictures, torch::zeros({1, 3, 4})), Error);
}

}  // namespace
}  // namespace stepwise
