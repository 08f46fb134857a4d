// Gaussians for each class, held against their formulas written out in full.
#include "diffusion/gaussian.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include "diffusion/gaussian_file.h"
#include "diffusion/model.h"
#include "diffusion/sampler.h"
#include "error_of.h"
#include "formats/layout.h"
#include "temporary_folder.h"

namespace stepwise {
namespace {

constexpr std::int64_t kSide = 4, kSize = kSide * kSide, kRank = 3;

// Two classes and all together, of pictures with 16 values.
ClassGaussians some_gaussians() {
  torch::manual_seed(5);
  ClassGaussians g;
  g.means = 0.3 * torch::randn({3, kSize});
  g.axes = torch::stack({std::get<0>(at::linalg_qr(torch::randn({kSize, kRank}))),
                         std::get<0>(at::linalg_qr(torch::randn({kSize, kRank}))),
                         std::get<0>(at::linalg_qr(torch::randn({kSize, kRank})))});
  g.variances = torch::tensor({{1.5, 0.8, 0.2}, {2., 0.5, 0.3}, {3., 1., 0.1}}, torch::kFloat);
  g.rest = torch::tensor({0.02, 0.05, 0.1}, torch::kFloat);
  return g;
}

Tensor covariance_of(const ClassGaussians& g, int k) {
  const Tensor axes = g.axes[k].to(torch::kDouble);
  const Tensor variances = g.variances[k].to(torch::kDouble) - g.rest[k].to(torch::kDouble);
  return torch::matmul(axes * variances, axes.t()) +
         g.rest[k].to(torch::kDouble) * torch::eye(kSize, torch::kDouble);
}

// Bytes of pictures whose first class varies in brightness alone, and whose second in one edge.
Tensor toy_pixels(int count) {
  torch::manual_seed(6);
  const Tensor pixels = torch::full({2 * count, 1, kSide, kSide}, 128., torch::kDouble);
  const Tensor all = 20 * torch::randn({count, 1, 1, 1}, torch::kDouble);
  const Tensor edge = 30 * torch::randn({count, 1, kSide}, torch::kDouble);
  pixels.slice(0, 0, count) += all;
  pixels.slice(0, count).select(2, 0) += edge;
  return pixels.round().clamp(0, 255).to(torch::kByte);
}

ClassGaussians fitted(const Tensor& pixels, const Tensor& labels, int classes) {
  GaussianFit fit(pixels, labels, classes);
  while (fit.step()) {
  }
  EXPECT_EQ(fit.fraction(), 1);
  return fit.take();
}

ClassGaussians toy_gaussians(int classes = 2) {
  constexpr int kCount = 500;
  const Tensor labels = torch::arange(2 * kCount, torch::kLong).ge(kCount).to(torch::kLong);
  return fitted(toy_pixels(kCount), labels, classes);
}

TEST(GaussianFit, FindsMeansAndTheAxesThatPicturesVaryAlong) {
  const ClassGaussians g = toy_gaussians();
  EXPECT_EQ(g.classes(), 2);
  EXPECT_TRUE(torch::allclose(g.means[0], torch::zeros({kSize}), 0, 0.05));
  const Tensor brightness = torch::full({kSize}, 0.25);  // Of unit length.
  EXPECT_NEAR(torch::dot(g.axes[0].select(1, 0), brightness).abs().item<double>(), 1, 1e-3);
  EXPECT_NEAR(g.variances[0][0].item<double>(), 16 * 20 * 20 / (127.5 * 127.5), 0.05);
  EXPECT_LT(g.variances[0][1].item<double>(), 1e-3);
  for (int axis = 0; axis < 4; ++axis)
    EXPECT_NEAR(g.variances[1][axis].item<double>(), 30 * 30 / (127.5 * 127.5), 0.02) << axis;
  EXPECT_LT(g.variances[1][4].item<double>(), 1e-3);
}

TEST(GaussianFit, HasTheCovarianceOfThePictures) {
  const Tensor pixels = toy_pixels(300);
  const ClassGaussians g = fitted(pixels, torch::zeros({600}, torch::kLong), 1);
  const Tensor pictures = (pixels.to(torch::kDouble) / 127.5 - 1).flatten(1);
  const Tensor off = pictures - pictures.mean(0);
  EXPECT_TRUE(torch::allclose(covariance_of(g, 0), torch::matmul(off.t(), off) / 600, 0, 1e-4));
  EXPECT_TRUE(torch::equal(g.means[0], g.means[1]));  // The class is all there is.
}

TEST(GaussianFit, AClassWithoutPicturesHasTheGaussianOfAll) {
  const ClassGaussians g = toy_gaussians(3);
  EXPECT_EQ(g.classes(), 3);
  EXPECT_TRUE(torch::equal(g.means[2], g.means[3]));
  EXPECT_TRUE(torch::equal(g.variances[2], g.variances[3]));
}

TEST(GaussianDenoiser, IsThePosteriorMean) {
  const ClassGaussians g = some_gaussians();
  const Denoise denoise = gaussian_denoiser(g, {Condition{1}, Condition{}});
  const Tensor x = torch::randn({2, 1, kSide, kSide});
  for (const double sigma : {0.1, 1., 20.}) {
    const Tensor guess = denoise(x, sigma);
    for (const int i : {0, 1}) {
      const int k = i == 0 ? 1 : 2;
      const Tensor covariance = covariance_of(g, k);
      const Tensor noisy = covariance + sigma * sigma * torch::eye(kSize, torch::kDouble);
      const Tensor mean = g.means[k].to(torch::kDouble);
      const Tensor off = x[i].flatten().to(torch::kDouble) - mean;
      const Tensor exact = mean + torch::mv(torch::matmul(covariance, torch::inverse(noisy)), off);
      EXPECT_TRUE(torch::allclose(guess[i].flatten().to(torch::kDouble), exact, 0, 1e-5)) << sigma;
    }
  }
  EXPECT_TRUE(torch::equal(denoise(x, 0), x));
}

TEST(GaussianStart, HasTheVarianceOfTheDataAndTheNoise) {
  const ClassGaussians g = some_gaussians();
  const Tensor unit = torch::eye(kSize).view({kSize, 1, kSide, kSide});
  const std::vector<Condition> conditions(std::size_t(kSize), Condition{0});
  const double sigma = 0.7;
  const Tensor x = gaussian_start(g, conditions, unit, sigma).flatten(1) - g.means[0];
  const Tensor wanted = covariance_of(g, 0) + sigma * sigma * torch::eye(kSize, torch::kDouble);
  EXPECT_TRUE(torch::allclose(torch::matmul(x.t(), x).to(torch::kDouble), wanted, 0, 1e-5));
}

// Solved step by step from far above, with fewer and with more steps.
TEST(GaussianStart, IsWhereTheOdeOfItsDenoiserLeads) {
  const ClassGaussians g = some_gaussians();
  const std::vector<Condition> conditions{{0}, {1}, {}};
  const Tensor noise = torch::randn({3, 1, kSide, kSide});
  const auto error = [&](int steps) {
    SampleSettings settings;
    settings.sampler = SamplerKind::kHeun;
    settings.steps = steps;
    settings.sigma_max = 80;
    settings.sigma_min = 2;
    Levels levels = levels_of(settings);
    History history;
    const Denoise denoise = gaussian_denoiser(g, conditions);
    Tensor x = gaussian_start(g, conditions, noise, 80);
    for (int step = 0; step + 1 < steps; ++step)  // The last one leads to 0.
      x = sampler_step(settings, levels, step, denoise, x, history, {}).x;
    return (x - gaussian_start(g, conditions, noise, 2)).abs().max().item<double>();
  };
  EXPECT_LT(error(20), 0.02);
  EXPECT_LT(error(40), error(20) / 3);
}

TEST(GaussianStart, NamesAClassThatThereIsNot) {
  EXPECT_EQ(error_of([] {
              gaussian_start(some_gaussians(), {Condition{2}}, torch::zeros({1, 1, 4, 4}), 2);
            }),
            "There is no class 2 among the Gaussians of 2 classes.");
}

TEST(GaussianStart, IsRefusedWhereTheModelHasNone) {
  SampleSettings settings;
  settings.begin = Beginning::kGaussian;
  const Levels levels = levels_of(settings);
  const Tensor noise = torch::randn({1, 1, 4, 4});
  Model model;
  EXPECT_NE(
      error_of([&] { model.first_x(settings, {{}}, levels, noise); }).find("Begin with noise"),
      std::string::npos);
  model.gaussians = std::make_shared<ClassGaussians>(some_gaussians());
  EXPECT_TRUE(torch::equal(model.first_x(settings, {{}}, levels, noise),
                           gaussian_start(*model.gaussians, {{}}, noise, settings.sigma_max)));
  settings.begin = Beginning::kNoise;
  EXPECT_TRUE(torch::equal(model.first_x(settings, {{}}, levels, noise), levels.start * noise));
}

TEST(GaussianFile, ComesBackToHalfPrecision) {
  const TemporaryFolder folder;
  const auto file = folder.path() / kGaussians;
  const ClassGaussians g = some_gaussians();
  write_gaussians(file, g);
  const ClassGaussians back = read_gaussians(file, 2, kSize);
  for (Tensor ClassGaussians::*part : {&ClassGaussians::means, &ClassGaussians::axes,
                                       &ClassGaussians::variances, &ClassGaussians::rest})
    EXPECT_TRUE(torch::allclose(back.*part, g.*part, 1e-3, 1e-4));
}

TEST(GaussianFile, OfAnotherModelOrDamagedIsRefused) {
  const TemporaryFolder folder;
  const auto file = folder.path() / kGaussians;
  ClassGaussians g = some_gaussians();
  write_gaussians(file, g);
  EXPECT_NE(error_of([&] { read_gaussians(file, 3, kSize); }).find("'means'"), std::string::npos);
  EXPECT_NE(error_of([&] { read_gaussians(file, 2, 9); }).find("'means'"), std::string::npos);
  g.axes[1][2][0] = NAN;
  write_gaussians(file, g);
  EXPECT_NE(error_of([&] { read_gaussians(file, 2, kSize); }).find("'axes' are finite"),
            std::string::npos);
}

}  // namespace
}  // namespace stepwise
