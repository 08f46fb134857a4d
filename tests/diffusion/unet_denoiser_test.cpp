// The real network behind the seam: a small class-conditional U-Net with random weights.
#include <gtest/gtest.h>
#include <torch/utils.h>

#include "diffusion/draw_all.h"
#include "diffusion/each_sampler.h"
#include "diffusion/model.h"
#include "model/small_net.h"

namespace stepwise {
namespace {

constexpr int kClasses = 3;

UNet2DModel small_unet() {
  UNet2DConfig config = attentive_config();
  config.num_class_embeds = kClasses + 1;
  torch::manual_seed(3);
  UNet2DModel net(config);
  net->eval();
  return net;
}

Tensor drawn(UNet2DModel net, SamplerKind sampler, int count, int portion) {
  SampleSettings settings;
  settings.sampler = sampler;
  settings.count = count;
  settings.steps = 4;
  settings.guidance = 1.5;
  const SharedModel model = model_of(
      [net](const Tensor& x, const Tensor& timestep, const Conditioning& asked) mutable {
        return net->forward(x, timestep, asked.labels);
      },
      {.schedule = Schedule(0.71), .classes = {kClasses}, .shape = {1, 8, 8}});
  return draw(Drawing(settings, dealt({}, kClasses, count), model, portion));
}

TEST(UnetDenoiser, APictureDoesNotDependOnItsBatch) {
  const UNet2DModel net = small_unet();
  for (const SamplerName& name : kSamplers) {
    const Tensor together = drawn(net, name.kind, 5, 5);
    EXPECT_TRUE(torch::allclose(together, drawn(net, name.kind, 5, 1), 1e-4, 1e-4)) << name.id;
    EXPECT_TRUE(torch::allclose(together.slice(0, 0, 2), drawn(net, name.kind, 2, 2), 1e-4, 1e-4))
        << name.id;
    if (!lands_on_guess(name.kind)) continue;
    EXPECT_TRUE((together.abs() <= 1).all().item<bool>()) << name.id;
  }
}

TEST(UnetDenoiser, TheSameSettingsGiveTheSamePixels) {
  const UNet2DModel net = small_unet();
  EXPECT_TRUE(torch::equal(drawn(net, SamplerKind::kEulerAncestral, 4, 4),
                           drawn(net, SamplerKind::kEulerAncestral, 4, 4)));
}

}  // namespace
}  // namespace stepwise
