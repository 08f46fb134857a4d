#include "diffusion/pigdm.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include "closed_forms.h"
#include "model/small_net.h"

namespace stepwise {
namespace {

constexpr double kLevels[] = {0.05, 0.5, 3, 40};

// Data of two pixels, [N, 1, 1, 2], normal about (0.1, -0.2) with this covariance.
struct TwoPixels {
  Tensor mean = torch::tensor({0.1, -0.2}, torch::kDouble);
  Tensor covariance = torch::tensor({0.3, 0.2, 0.2, 0.25}, torch::kDouble).view({2, 2});

  Tensor jacobian(double sigma) const {  // Of D: S (S + s^2)^-1, symmetric.
    const Tensor noisy = covariance + sigma * sigma * torch::eye(2, torch::kDouble);
    return covariance.matmul(torch::linalg_inv(noisy));
  }
  // The covariance of the clean picture, given the noisy one.
  Tensor left(double sigma) const { return sigma * sigma * jacobian(sigma); }

  Denoise denoiser() const {
    return [*this](const Tensor& x, double sigma) {
      return mean + (x - mean).matmul(jacobian(sigma).t());
    };
  }
};

Tensor noisy_pair() { return torch::tensor({0.7, -0.4}, torch::kDouble).view({1, 1, 1, 2}); }

// The spread of data that leaves this variance at a level.
double spread_for(double variance, double sigma) {
  return std::sqrt(1 / (1 / variance - 1 / (sigma * sigma)));
}

TEST(Pigdm, OfAGaussianIsTheExactPosteriorMeanGivenAPixel) {
  const TwoPixels data;
  const double known = 0.9;
  const Tensor mask = torch::tensor({1., 0.}, torch::kDouble);
  for (const double sigma : kLevels) {
    const Tensor x = noisy_pair(), guess = data.denoiser()(x, sigma).clean.flatten();
    const Tensor left = data.left(sigma);
    // Condition the normal distribution N(D, C) on its first number.
    const Tensor exact = guess + left.select(1, 0) / left[0][0] * (known - guess[0]);
    const Denoise told = towards(
        data.denoiser(), [&](const Tensor& d) { return mask * (known - d); },
        spread_for(left[0][0].item<double>(), sigma));
    EXPECT_TRUE(torch::allclose(told(x, sigma).clean.flatten(), exact, 1e-9, 1e-9)) << sigma;
  }
}

TEST(Pigdm, OfPixelsApartIsTheLeastChangeThatAgrees) {
  const double spread = 0.6;
  torch::manual_seed(2);
  const Tensor x = torch::randn({3, 1, 4, 4}, torch::kDouble);
  const Lack mean = [](const Tensor& d) { return (0.3 - d.mean({2, 3}, true)).expand_as(d); };
  const Denoise plain = gaussian_denoiser(0.1, spread);
  for (const double sigma : kLevels) {
    const Tensor told = towards(plain, mean, spread)(x, sigma), free = plain(x, sigma);
    EXPECT_TRUE(torch::allclose(told, free + mean(free), 1e-9, 1e-9)) << sigma;
  }
}

TEST(Pigdm, FollowsTheGradientOfANetwork) {
  torch::manual_seed(3);
  UNet2DModel net(attentive_config());
  net->to(torch::kDouble);
  const Denoise denoise =
      network_denoiser([=](const Tensor& in, const Tensor& time,
                           const Conditioning&) mutable { return net->forward(in, time); },
                       {Schedule(0.5), {}, {}});
  const double sigma = 0.8, spread = 0.5, gain = 1 + sigma * sigma / (spread * spread);
  const Tensor x = torch::randn({2, 1, 8, 8}, torch::kDouble), v = torch::randn_like(x),
               u = torch::randn_like(x);
  const auto plain = [&](const Tensor& at) { return denoise(at, sigma).clean; };
  const Denoise told = towards(
      denoise, [&](const Tensor&) { return v; }, spread);
  const Tensor change = told(x, sigma).clean - plain(x);
  const double h = 1e-5;
  const Tensor slope = (plain(x + h * u) - plain(x - h * u)) / (2 * h);
  const double seen = (change * u).sum().item<double>() / gain;
  EXPECT_NEAR(seen, (slope * v).sum().item<double>(), 1e-6 * std::abs(seen));
}

TEST(Pigdm, RecordsNothingAnyFurther) {
  const Denoise told = towards(
      gaussian_denoiser(0, 1), [](const Tensor& d) { return -d; }, 1);
  const Tensor x = torch::ones({1, 1, 2, 2});
  EXPECT_FALSE(told(x, 1).clean.requires_grad());
  EXPECT_FALSE(x.requires_grad());
  const torch::NoGradGuard no_grad;  // And does not need it of others.
  EXPECT_TRUE(torch::allclose(told(x, 1).clean, torch::zeros({1, 1, 2, 2})));
}

TEST(Pigdm, OfWhatDoesNotDependOnXChangesNothing) {
  const Tensor point = torch::full({1, 1, 2, 2}, 0.5);
  const Denoise told = towards([=](const Tensor&, double) { return point; },
                               [](const Tensor& d) { return 1 - d; }, 1);
  EXPECT_TRUE(torch::equal(told(torch::ones({1, 1, 2, 2}), 2).clean, point));
}

}  // namespace
}  // namespace stepwise
