#include "evaluation/meter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include "../temporary_folder.h"
#include "clothes.h"
#include "diffusion/tensor_image.h"
#include "error.h"
#include "error_of.h"
#include "evaluation/meter_training.h"
#include "image/file.h"

namespace stepwise {
namespace {

using torch::Tensor;

std::filesystem::path shipped_meter() {
  return std::filesystem::path(STEPWISE_TEST_DATA) /
         "../../assets/meters/fashion-mnist.safetensors";
}

TEST(ShippedMeter, ErrsByLessThanATenthOn1000TestPicturesOfAllLevels) {
  Meter meter = load_meter(shipped_meter());
  const double error = error_on(meter, clothes().test, 1000, 1);
  EXPECT_LT(error, 0.1);
  EXPECT_NEAR(error, meter.error, 0.01);  // As its file says, of other noise.
}

TEST(ShippedMeter, FlagsFlatPatchesPaintedAtAMiddleStep) {
  Meter meter = load_meter(shipped_meter());
  torch::manual_seed(3);
  const double sigma = 0.63;
  const Tensor clean = tensor_of(clothes().test, 0, 100);
  const Tensor noisy = clean + sigma * torch::randn(clean.sizes());
  int flagged = 0;
  for (std::int64_t i = 0; i < 100; ++i) {
    const std::int64_t y = 4 + i % 12, x = 4 + (7 * i) % 12;
    noisy[i][0].slice(0, y, y + 8).slice(1, x, x + 8).fill_(float(i % 5) / 2 - 1);
    const Tensor seen = levels_seen(meter, noisy.slice(0, i, i + 1))[0] / sigma;
    flagged +=
        seen.slice(0, y + 2, y + 6).slice(1, x + 2, x + 6).log().mean().exp().item<double>() < 0.7;
  }
  EXPECT_GE(flagged, 95);
}

TEST(Meter, WithItsLastLayerAtZeroShiftsWithTheLogarithmOfTheNoise) {
  MeterNet net(1);
  const torch::NoGradGuard no_grad;
  net->out->weight.zero_();
  net->out->bias.zero_();
  const Tensor noise = torch::ones({1, 1, 9, 9}).cumsum(3) + torch::eye(9).view({1, 1, 9, 9});
  const Tensor shift = (net(1000 * noise) - net(100 * noise)).slice(1, 0, 1);
  EXPECT_TRUE(torch::allclose(shift, torch::full_like(shift, std::log(10.)), 1e-3, 1e-3));
}

TEST(Meter, AFewStepsOfTrainingTellNoiseFromMoreNoise) {
  MeterTraining training(few_clothes(200, 20), {60, 16, 3e-3, 1});
  while (training.step()) continue;
  Meter meter = training.result();
  const Tensor clean = tensor_of(clothes().test, 0, 20), noise = torch::randn({20, 1, 28, 28});
  const Tensor low = level_seen(meter, clean + 0.1 * noise);
  const Tensor high = level_seen(meter, clean + 10 * noise);
  EXPECT_TRUE(high.gt(4 * low).all().item<bool>());
}

TEST(Meter, IsTheSameAfterItsFile) {
  MeterTraining training(few_clothes(20, 4), {2, 4, 3e-3, 1});
  while (training.step()) continue;
  Meter meter = training.result();
  const TemporaryFolder folder;
  write_file(folder / "m.safetensors", encode(meter));
  Meter again = load_meter(folder / "m.safetensors");
  const Tensor noisy = torch::randn({2, 1, 28, 28});
  EXPECT_TRUE(levels_seen(again, noisy).equal(levels_seen(meter, noisy)));
  EXPECT_EQ(again.data_set.identity, meter.data_set.identity);
  EXPECT_EQ(again.error, meter.error);
}

TEST(Meter, AFileOfAnotherKindIsRefusedByName) {
  EXPECT_THAT(error_of([&] { load_meter(shipped_classifier()); }),
              testing::HasSubstr("is not a noise meter"));
}

}  // namespace
}  // namespace stepwise
