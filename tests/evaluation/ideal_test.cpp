#include "evaluation/ideal.h"

#include <gtest/gtest.h>

namespace stepwise {
namespace {

// The posterior mean by its definition, in double and with the largest exponent taken out.
struct Direct {
  Tensor mean;
  int nearest;
  double weight;
};
Direct direct(const Tensor& pictures, const Tensor& x, double sigma) {
  const Tensor all = pictures.to(torch::kDouble).flatten(1);
  const Tensor at = x.to(torch::kDouble).flatten();
  const Tensor exponents = -(all - at).square().sum(1) / (2 * sigma * sigma);
  const Tensor weights = (exponents - exponents.logsumexp(0)).exp();
  return {weights.matmul(all).view(x.sizes()), weights.argmax().item<int>(),
          weights.max().item<double>()};
}

Tensor some_pictures(int count) {
  torch::manual_seed(6);
  return torch::rand({count, 1, 5, 4}) * 2 - 1;
}

TEST(IdealDenoiser, IsThePosteriorMeanAtEveryLevel) {
  for (const int count : {1, 2, 40, 900}) {
    const Tensor pictures = some_pictures(count);
    const IdealDenoiser ideal(pictures);
    EXPECT_EQ(ideal.count(), count);
    for (const double sigma : {0.01, 0.1, 0.3, 0.7, 1., 3., 20.}) {
      const Tensor x = pictures[count / 2] + sigma * torch::randn({1, 5, 4});
      const auto answer = ideal(x, sigma);
      const Direct expected = direct(pictures, x, sigma);
      EXPECT_EQ(answer.guess.sizes(), x.sizes());
      EXPECT_LT((answer.guess - expected.mean).abs().max().item<double>(), 1e-5) << sigma;
      EXPECT_EQ(answer.nearest, expected.nearest);
      EXPECT_NEAR(answer.weight, expected.weight, 1e-5) << sigma;
    }
  }
}

TEST(IdealDenoiser, CopiesTheNearestPictureWhenThereIsLittleNoise) {
  const Tensor pictures = some_pictures(500);
  const IdealDenoiser ideal(pictures);
  for (const double sigma : {0., 1e-30, 1e-3}) {
    const auto answer = ideal(pictures[123] + 1e-4, sigma);
    EXPECT_EQ(answer.nearest, 123);
    EXPECT_NEAR(answer.weight, 1, 1e-12);
    EXPECT_TRUE(torch::equal(answer.guess, pictures[123]));
  }
}

TEST(IdealDenoiser, TellsNearCopiesApartAtTinySigma) {
  const Tensor base = some_pictures(300);
  const Tensor pictures = torch::cat({base, base + 1e-3});
  const IdealDenoiser ideal(pictures);
  const Tensor x = base[7] + 4e-4;
  for (const double sigma : {1e-3, 2e-3}) {
    const auto answer = ideal(x, sigma);
    const Direct expected = direct(pictures, x, sigma);
    EXPECT_EQ(answer.nearest, 7);
    EXPECT_NEAR(answer.weight, expected.weight, 1e-3);
    EXPECT_LT(answer.weight, 0.99);
  }
}

TEST(IdealDenoiser, GivesTheMeanOfAllPicturesWhenThereIsNothingButNoise) {
  const Tensor pictures = some_pictures(700);
  const auto answer = IdealDenoiser(pictures)(torch::randn({1, 5, 4}), 1e6);
  EXPECT_LT((answer.guess - pictures.mean(0)).abs().max().item<double>(), 1e-5);
  EXPECT_NEAR(answer.weight, 1. / 700, 1e-6);
}

TEST(IdealDenoiser, DoesNotOverflowFarFromAllPictures) {
  const auto answer = IdealDenoiser(some_pictures(50))(torch::full({1, 5, 4}, 1e4), 0.001);
  EXPECT_TRUE(answer.guess.isfinite().all().item<bool>());
  EXPECT_NEAR(answer.weight, 1, 1e-9);
}

TEST(IdealDenoiser, RefusesNoPicturesAndPicturesOfAnotherSize) {
  EXPECT_THROW(IdealDenoiser(torch::zeros({0, 1, 5, 4})), Error);
  EXPECT_THROW(IdealDenoiser(some_pictures(3))(torch::zeros({1, 5, 5}), 1), Error);
}

}  // namespace
}  // namespace stepwise
