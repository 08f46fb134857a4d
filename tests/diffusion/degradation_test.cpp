#include "diffusion/degradation.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include <cmath>

#include "clothes.h"

namespace stepwise {
namespace {

using torch::Tensor;

constexpr std::int64_t kPictures = 64;

Tensor severities(double value, std::int64_t count) { return torch::full({count}, value); }

Tensor noise_like(const Tensor& pictures) {
  torch::manual_seed(5);
  return torch::randn_like(pictures);
}

double distance(const Tensor& a, const Tensor& b) {
  return (a - b).square().mean().sqrt().item<double>();
}

class EachDegradation : public testing::TestWithParam<DegradationName> {
 protected:
  Tensor worse(const Tensor& clean, double severity) const {
    return worse(clean, severities(severity, clean.size(0)));
  }
  Tensor worse(const Tensor& clean, const Tensor& severity) const {
    return degraded(GetParam().kind, clean, severity, noise_like(clean));
  }
};
INSTANTIATE_TEST_SUITE_P(All, EachDegradation, testing::ValuesIn(kDegradations),
                         [](const auto& each) {
                           std::string name(each.param.id);
                           std::erase(name, '-');
                           return name;
                         });

TEST_P(EachDegradation, OfSeverityZeroIsThePictureItself) {
  const Tensor clean = test_clothes(kPictures);
  EXPECT_TRUE(torch::equal(worse(clean, 0), clean));
  torch::manual_seed(2);
  const Tensor color = torch::rand({3, 3, 20, 13}) * 2 - 1;
  EXPECT_TRUE(torch::equal(worse(color, 0), color));
}

TEST_P(EachDegradation, TakesRealPicturesFurtherAwayWithEachEighthOfSeverity) {
  const Tensor clean = test_clothes(kPictures);
  double before = 0;
  for (int eighth = 1; eighth <= 8; ++eighth) {
    const double now = distance(worse(clean, eighth / 8.), clean);
    EXPECT_GT(now, before) << eighth << " eighths";
    before = now;
  }
  EXPECT_GT(before, 0.2);
}

TEST_P(EachDegradation, GivesEachPictureItsOwnSeverityAndNoise) {
  const Tensor clean = test_clothes(4), severity = torch::tensor({0.f, 0.3f, 0.7f, 1.f});
  const Tensor noise = noise_like(clean), all = worse(clean, severity);
  for (std::int64_t i = 0; i < 4; ++i) {
    const auto own = [&](const Tensor& t) { return t.slice(0, i, i + 1); };
    const Tensor alone = degraded(GetParam().kind, own(clean), own(severity), own(noise));
    EXPECT_TRUE(torch::allclose(own(all), alone, 0, 1e-6)) << i;
  }
}

TEST_P(EachDegradation, GivesTheSameAgain) {
  const Tensor clean = test_clothes(8);
  EXPECT_TRUE(torch::equal(worse(clean, 0.6), worse(clean, 0.6)));
}

TEST_P(EachDegradation, KeepsPicturesOfAnyShapeFinite) {
  torch::manual_seed(2);
  for (const auto& [height, width] : {std::pair{1, 1}, {1, 5}, {7, 30}, {64, 48}}) {
    const Tensor clean = torch::rand({2, 3, height, width}) * 2 - 1;
    for (const double severity : {0.01, 0.5, 1.}) {
      const Tensor x = worse(clean, severity);
      EXPECT_EQ(x.sizes(), clean.sizes());
      EXPECT_TRUE(x.isfinite().all().item<bool>()) << height << " x " << width;
    }
  }
}

// What is even has no detail to lose.
TEST(Degradation, BlurAndLargePixelsLeaveEvenPicturesAsTheyAre) {
  const Tensor even = torch::full({1, 1, 28, 28}, 0.3f);
  for (const Degradation family : {Degradation::kBlur, Degradation::kLowResolution})
    EXPECT_TRUE(torch::allclose(degraded(family, even, severities(1, 1), even), even, 0, 1e-6))
        << id_of(family);
}

TEST(Degradation, BlurSpreadsAPointAsAGaussian) {
  Tensor point = torch::zeros({1, 1, 33, 33});
  point[0][0][16][16] = 1;
  const double severity = 0.4, width = std::pow(severity, 1.5) * 33 / 4;
  const Tensor x = degraded(Degradation::kBlur, point, severities(severity, 1), point)[0][0];
  for (const int away : {0, 1, 2, 3})
    EXPECT_NEAR(x[16][16 + away].item<double>() / x[16][16].item<double>(),
                std::exp(-away * away / (2 * width * width)), 1e-5);
  EXPECT_NEAR(x.sum().item<double>(), 1, 1e-5);
}

TEST(Degradation, LargePixelsAreMeansOfWhatTheyCover) {
  const Tensor clean = test_clothes(1);
  const Tensor x = degraded(Degradation::kLowResolution, clean, severities(1, 1), clean);
  const Tensor means = torch::avg_pool2d(clean, 7);  // 4 x 4 are left of 28 x 28.
  const Tensor wide = means.repeat_interleave(7, 2).repeat_interleave(7, 3);
  EXPECT_TRUE(torch::allclose(x, wide, 0, 1e-6));
}

TEST(Degradation, BlocksThatAreMissingStayMissingAndTheRestIsAsItWas) {
  const Tensor clean = test_clothes(16).clamp_min(-0.9), noise = noise_like(clean);
  Tensor gone = torch::zeros_like(clean, torch::kBool);
  for (const double severity : {0.2, 0.5, 0.8, 1.}) {
    const Tensor x = degraded(Degradation::kBlocks, clean, severities(severity, 16), noise);
    const Tensor now = x == -1;
    EXPECT_TRUE((now | ~gone).all().item<bool>());
    EXPECT_TRUE(torch::equal(torch::where(now, clean, x), clean));
    EXPECT_NEAR(now.to(torch::kFloat).mean().item<double>(), 0.875 * severity, 0.05);
    gone = now;
  }
}

// Of the picture: what three texts leave free of each other, each with a dot in three.
double share_written(double severity) { return 1 - std::pow(1 - 130 / 384. * severity, 3); }

TEST(Degradation, TextThatIsThereStaysAndTheRestIsAsItWas) {
  torch::manual_seed(2);
  for (const auto& [side, channels] : {std::pair{14, 1}, {28, 3}, {64, 3}}) {
    const Tensor clean = torch::rand({16, channels, side, side}) * 1.8 - 0.9;
    const Tensor noise = noise_like(clean);
    Tensor written = torch::zeros_like(clean, torch::kBool);
    for (const double severity : {0.2, 0.5, 0.8, 1.}) {
      const Tensor x = degraded(Degradation::kText, clean, severities(severity, 16), noise);
      const Tensor now = x == 1;
      EXPECT_TRUE((now | ~written).all().item<bool>());
      EXPECT_TRUE(torch::equal(now, now.slice(1, 0, 1).expand_as(now)));  // White, not a color.
      EXPECT_TRUE(torch::equal(torch::where(now, clean, x), clean));
      EXPECT_NEAR(now.to(torch::kFloat).mean().item<double>(), share_written(severity), 0.1)
          << side << " at " << severity;
      written = now;
    }
  }
}

TEST(Degradation, TextIsEachPicturesOwnAndTheSameAtEverySeverity) {
  const Tensor clean = torch::zeros({2, 1, 28, 28}), noise = noise_like(clean);
  const Tensor x = degraded(Degradation::kText, clean, severities(0.5, 2), noise);
  EXPECT_FALSE(torch::equal(x[0], x[1]));
  const Tensor swapped =
      degraded(Degradation::kText, clean, torch::tensor({0.5f, 0.1f}), noise.flip({0}));
  EXPECT_TRUE(torch::equal(swapped[0], x[1]));
  const Tensor some_of_it = swapped[1] == 1;
  EXPECT_TRUE((~some_of_it | (x[0] == 1)).all().item<bool>());
}

// With dots of two pixels.
TEST(Degradation, TextGrowsWithThePicture) {
  const Tensor clean = torch::zeros({4, 1, 56, 56});
  const Tensor x = degraded(Degradation::kText, clean, severities(1, 4), noise_like(clean));
  const Tensor dots = x.slice(2, 0, 56, 2).slice(3, 0, 56, 2);
  EXPECT_TRUE(torch::equal(dots.repeat_interleave(2, 2).repeat_interleave(2, 3), x));
}

std::vector<DegradationStack> some_stacks() {
  return {DegradationStack({Degradation::kBlur, Degradation::kBlocks}),
          DegradationStack({Degradation::kBlocks, Degradation::kBlur}),
          DegradationStack({Degradation::kText, Degradation::kJpeg, Degradation::kLowResolution})};
}

TEST(DegradationsStacked, AreOneAfterTheOtherToTheBit) {
  const Tensor clean = test_clothes(4), severity = torch::tensor({0.f, 0.3f, 0.7f, 1.f});
  const Tensor noise = noise_like(clean);
  std::vector<Tensor> all;
  for (const DegradationStack& stack : some_stacks()) {
    Tensor x = clean;
    for (const Degradation family : stack.families()) x = degraded(family, x, severity, noise);
    all.push_back(degraded(stack, clean, severity, noise));
    EXPECT_TRUE(torch::equal(all.back(), x)) << id_of(stack);
    EXPECT_TRUE(torch::equal(all.back()[0], clean[0])) << id_of(stack);  // Severity 0.
  }
  EXPECT_FALSE(torch::equal(all[0], all[1]));  // Blurred blocks have no edges.
}

TEST(DegradationsStacked, TakeRealPicturesFurtherAwayWithEachEighthOfSeverity) {
  const Tensor clean = test_clothes(kPictures), noise = noise_like(clean);
  for (const Degradation second : {Degradation::kBlocks, Degradation::kText}) {
    double before = 0;
    for (int eighth = 1; eighth <= 8; ++eighth) {
      const DegradationStack stack({Degradation::kBlur, second});
      const double now =
          distance(degraded(stack, clean, severities(eighth / 8., kPictures), noise), clean);
      EXPECT_GT(now, before) << id_of(stack) << ", " << eighth << " eighths";
      before = now;
    }
  }
}

TEST(Degradation, NoiseAtSeverityOneIsNothingElse) {
  const Tensor clean = test_clothes(2), noise = noise_like(clean);
  EXPECT_TRUE(torch::equal(degraded(Degradation::kNoise, clean, severities(1, 2), noise), noise));
}

TEST(Degradation, JpegKeepsTheMeanOfEachSquare) {
  const Tensor clean = test_clothes(8).slice(2, 0, 24).slice(3, 0, 24) / 2;
  const Tensor x = degraded(Degradation::kJpeg, clean, severities(0.3, 8), clean);
  const double quantum =
      16 * 40 * 0.3 * 0.3 * 2 / 255 / 8;  // Of the mean: its wave is 8 times that.
  const double off =
      (torch::avg_pool2d(x, 8) - torch::avg_pool2d(clean, 8)).abs().max().item<double>();
  EXPECT_LE(off, quantum / 2 + 1e-5);
}

}  // namespace
}  // namespace stepwise
