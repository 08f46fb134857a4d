#include "evaluation/ideal.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include <cmath>

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

// Pictures of one pixel: -1 and 1 of class 4, 0 and 0.5 of class 2, one after the other.
IdealDenoiser two_classes() {
  return IdealDenoiser(torch::tensor({-1., 0., 1., 0.5}).view({4, 1, 1, 1}), {4, 2, 4, 2});
}

TEST(IdealDenoiser, ToldAClassIsThePosteriorMeanOverItsPicturesAlone) {
  const Tensor x = torch::full({1, 1, 1}, 0.2);
  const auto wide = two_classes()(x, 0.5, {4});
  EXPECT_NEAR(wide.guess.item<double>(), std::tanh(0.2 / 0.25), 1e-6);
  EXPECT_EQ(wide.nearest, 2);
  EXPECT_NEAR(wide.weight, 1 / (1 + std::exp(-2 * 0.2 / 0.25)), 1e-6);
  const auto narrow = two_classes()(x, 0.5, {2});
  EXPECT_NEAR(narrow.guess.item<double>(), 0.5 / (1 + std::exp((0.09 - 0.04) / 0.5)), 1e-6);
  EXPECT_EQ(narrow.nearest, 1);
}

TEST(IdealDenoiser, CallsPicturesByTheirNumbersWhereItIsToldThem) {
  const IdealDenoiser ideal(torch::tensor({-1., 0., 1., 0.5}).view({4, 1, 1, 1}), {4, 2, 4, 2},
                            {10, 20, 30, 40});
  EXPECT_EQ(ideal(torch::full({1, 1, 1}, 0.9), 0.1).nearest, 30);
  EXPECT_EQ(ideal(torch::full({1, 1, 1}, 0.9), 0.1, {2}).nearest, 40);
}

TEST(IdealDenoiser, AveragesOverAllWhereItIsToldNoClassOrOneWithoutPictures) {
  const Tensor x = torch::full({1, 1, 1}, 0.2);
  const double all = two_classes()(x, 0.5).guess.item<double>();
  EXPECT_EQ(two_classes()(x, 0.5, {3}).guess.item<double>(), all);
  EXPECT_EQ(two_classes().known({3}), Condition{});
  EXPECT_EQ(two_classes().known({4}), Condition{4});
  EXPECT_EQ(IdealDenoiser(torch::zeros({2, 1, 1, 1})).known({0}), Condition{});
}

TEST(IdealDenoiser, GuessesManyPicturesAsItGuessesEachAlone) {
  const Tensor pictures = some_pictures(900);
  std::vector<int> labels;
  for (int i = 0; i < 900; ++i) labels.push_back(i % 3);
  const IdealDenoiser ideal(pictures, labels);
  const std::vector<Condition> told{{0}, {0}, {2}, {}, {}, {0}};
  for (const double sigma : {0.1, 1., 20.}) {
    const Tensor x = pictures.slice(0, 0, 6) + sigma * torch::randn({6, 1, 5, 4});
    const Tensor guesses = ideal.guesses(x, sigma, told);
    EXPECT_EQ(guesses.sizes(), x.sizes());
    for (int i = 0; i < 6; ++i) {
      const auto alone = ideal(x[i], sigma, told[std::size_t(i)]);
      EXPECT_LT((guesses[i] - alone.guess).abs().max().item<double>(), 1e-5) << sigma;
      if (told[std::size_t(i)].label) {
        EXPECT_EQ(alone.nearest % 3, told[std::size_t(i)].label);
      }
    }
  }
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
