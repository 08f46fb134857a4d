#include "model/unet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include <cmath>

#include "error.h"
#include "error_of.h"
#include "model/attention.h"
#include "model/small_net.h"

namespace stepwise {
namespace {

using testing::HasSubstr;
using torch::Tensor;

std::string refusal(UNet2DModel& net, const Tensor& x, const Tensor& t,
                    const Tensor& classes = {}) {
  return error_of([&] { net(x, t, classes); });
}

class UnetTest : public testing::Test {
 protected:
  UnetTest() { torch::manual_seed(1); }
  const Tensor x = torch::randn({2, 1, 8, 8}), t = torch::tensor({0.3f, -1.2f});
};

TEST_F(UnetTest, StartedForTrainingItPutsOutNothingYetEveryGradientOfTheOutputFlows) {
  UNet2DModel net(attentive_config());
  EXPECT_GT(net(x, t).abs().max().item<double>(), 0);
  init_for_training(net);
  const Tensor out = net(x, t);
  EXPECT_EQ(out.abs().max().item<double>(), 0);
  torch::mse_loss(out, torch::ones_like(out)).backward();
  EXPECT_GT(net->conv_out->weight.grad().abs().max().item<double>(), 0);
}

TEST_F(UnetTest, StartedForTrainingEveryResidualBlockPassesItsInputOn) {
  UNet2DModel net(attentive_config());
  init_for_training(net);
  const torch::NoGradGuard no_grad;
  const Tensor h = torch::randn({2, 16, 4, 4}), e = torch::randn({2, 32});
  EXPECT_TRUE(net->mid_block(h, e).equal(h));
}

TEST_F(UnetTest, PicturesLargeAndSmallComeOutTheSameAloneAndTogether) {
  UNet2DModel net(attentive_config());
  const torch::NoGradGuard no_grad;
  for (const int side : {8, 96})
    for (const int count : {3, 20}) {
      const Tensor all = torch::randn({count, 1, side, side}), times = torch::randn({count});
      const Tensor together = net(all, times);
      const Tensor last = net(all.slice(0, count - 1), times.slice(0, count - 1));
      EXPECT_LE((together[count - 1] - last[0]).abs().max().item<double>(), 1e-5) << side;
    }
}

TEST_F(UnetTest, RecordingGradientsChangesNoOutput) {
  for (const std::string act : {"silu", "mish", "gelu", "relu"}) {
    UNet2DConfig config = attentive_config();
    config.act_fn = act;
    UNet2DModel net(config);
    const Tensor recorded = net(x, t).detach();
    const torch::NoGradGuard no_grad;
    EXPECT_TRUE(torch::allclose(net(x, t), recorded, 1e-5, 1e-6)) << act;
  }
}

TEST_F(UnetTest, TheInputIsLeftAsItWas) {
  UNet2DModel net(attentive_config());
  const torch::NoGradGuard no_grad;
  const Tensor before = x.clone(), time = t.clone();
  net(x, t);
  EXPECT_TRUE(x.equal(before));
  EXPECT_TRUE(t.equal(time));
}

// Attention holds few scores at once where it may: 16 heads of 32 x 32 pixels are more than that.
TEST_F(UnetTest, AttentionInPartsIsAttentionAtOnce) {
  Attention attention(AttentionShape{16, 1, 4}, 1e-5);
  const Tensor picture = torch::randn({1, 16, 32, 32});
  const Tensor at_once = attention(picture).detach();
  const torch::NoGradGuard no_grad;
  EXPECT_TRUE(torch::allclose(attention(picture), at_once, 1e-4, 1e-5));
}

TEST_F(UnetTest, EachPictureSeesItsOwnClass) {
  UNet2DConfig config = attentive_config();
  config.num_class_embeds = 3;
  UNet2DModel net(config);
  const torch::NoGradGuard no_grad;
  const auto classes = [](std::int64_t a, std::int64_t b) { return torch::tensor({a, b}); };
  const Tensor first = net(x, t, classes(0, 1)), second = net(x, t, classes(0, 2));
  EXPECT_TRUE(torch::allclose(first[0], second[0], 1e-5, 1e-6));
  EXPECT_FALSE(torch::allclose(first[1], second[1], 1e-5, 1e-6));
}

// However the pictures are shared among threads, which answer with gradients off and not with them
// on.
TEST_F(UnetTest, EveryBatchGivesEachPictureTheSameAnswer) {
  UNet2DConfig config = attentive_config();
  config.num_class_embeds = 3;
  UNet2DModel net(config);
  const Tensor many = torch::randn({7, 1, 8, 8}), times = torch::randn({7});
  const Tensor classes = torch::randint(3, {7}, torch::kLong);
  const Tensor recorded = net(many, times, classes).detach();
  const torch::NoGradGuard no_grad;
  const Tensor shared = net(many, times, classes);
  EXPECT_FALSE(shared.requires_grad());
  EXPECT_TRUE(torch::allclose(shared, recorded, 1e-5, 1e-6));
  const Tensor one_time = net(many, times.narrow(0, 3, 1), classes);
  EXPECT_TRUE(torch::allclose(one_time[3], recorded[3], 1e-5, 1e-6));
  for (std::int64_t i = 0; i < 7; ++i) {
    const Tensor alone = net(many.narrow(0, i, 1), times.narrow(0, i, 1), classes.narrow(0, i, 1));
    EXPECT_TRUE(torch::allclose(alone[0], recorded[i], 1e-5, 1e-6)) << i;
  }
}

TEST_F(UnetTest, InferenceModeHoldsOnEveryThread) {
  UNet2DModel net(attentive_config());
  const int threads = torch::get_num_threads();
  torch::set_num_threads(3);
  {
    const torch::InferenceMode inference;
    const Tensor many = torch::randn({7, 1, 8, 8});
    const Tensor out = net(many, torch::randn({7}));
    EXPECT_TRUE(out.is_inference());
    EXPECT_TRUE(out.isfinite().all().item<bool>());
  }
  torch::set_num_threads(threads);
}

TEST_F(UnetTest, ClassesMayComeAsVectors) {
  UNet2DConfig config = attentive_config();
  config.class_embed_type = "identity";
  UNet2DModel net(config);
  const torch::NoGradGuard no_grad;
  const Tensor none = torch::zeros({2, 32}), some = torch::ones({2, 32});
  EXPECT_FALSE(net(x, t, none).equal(net(x, t, some)));
}

TEST_F(UnetTest, TimeMayBeATable) {
  UNet2DConfig config = attentive_config();
  config.time_embedding_type = "learned";
  config.num_train_timesteps = 10;
  UNet2DModel net(config);
  EXPECT_TRUE(net->named_parameters().contains("time_proj.weight"));
  const Tensor row = net->time_features(torch::tensor({4}));
  EXPECT_TRUE(row[0].equal(net->named_parameters()["time_proj.weight"][4]));
  EXPECT_THAT(refusal(net, x, torch::tensor({4, 10})), HasSubstr("0 to 9"));
}

TEST_F(UnetTest, OddWidthsOfTimeEndInAZero) {
  const Tensor features = positional_features(torch::tensor({2.0f}), 5, 0, false);
  ASSERT_EQ(features.size(1), 5);
  EXPECT_NEAR(features[0][0].item<double>(), std::sin(2.0), 1e-6);
  EXPECT_NEAR(features[0][1].item<double>(), std::sin(2.0 / 100), 1e-6);
  EXPECT_NEAR(features[0][2].item<double>(), std::cos(2.0), 1e-6);
  EXPECT_EQ(features[0][4].item<double>(), 0);
}

TEST_F(UnetTest, InputsThatDoNotFitAreRefused) {
  UNet2DModel net(attentive_config());
  EXPECT_EQ(refusal(net, x, t), "");
  EXPECT_THAT(refusal(net, torch::randn({2, 3, 8, 8}), t), HasSubstr("[N, 1, H, W]"));
  EXPECT_THAT(refusal(net, torch::randn({1, 8, 8}), t), HasSubstr("[N, 1, H, W]"));
  EXPECT_THAT(refusal(net, torch::randn({2, 1, 8, 7}), t), HasSubstr("divisible by 2"));
  EXPECT_THAT(refusal(net, x, torch::zeros({3})), HasSubstr("1 or 2 timesteps"));
  EXPECT_THAT(refusal(net, x, t, torch::tensor({0, 1})), HasSubstr("no classes"));

  UNet2DConfig config = attentive_config();
  config.num_class_embeds = 3;
  UNet2DModel with_classes(config);
  EXPECT_THAT(refusal(with_classes, x, t), HasSubstr("needs a class"));
  EXPECT_THAT(refusal(with_classes, x, t, torch::tensor({0})), HasSubstr("as many classes"));
  EXPECT_THAT(refusal(with_classes, x, t, torch::tensor({0, 3})), HasSubstr("0 to 2"));
  EXPECT_THAT(refusal(with_classes, x, t, torch::tensor({-1, 0})), HasSubstr("0 to 2"));
}

// Scores of few pixels lie where something else lay before.
TEST(Attention, OfFewPixelsReadsNoUnwrittenMemory) {
  torch::NoGradGuard no_grad;
  Attention attention(AttentionShape{.channels = 4, .head_width = 4, .groups = 2}, 1e-5);
  const Tensor few_pixels = torch::randn({1, 4, 2, 4});
  for (int i = 0; i < 100; ++i) {
    std::vector<Tensor> left_behind;
    for (int n = 0; n < 20; ++n) left_behind.push_back(torch::full({2, 8, 8}, NAN));
    left_behind.clear();
    ASSERT_TRUE(attention(few_pixels).isfinite().all().item<bool>()) << i;
  }
}

TEST_F(UnetTest, BadConfigsBuildNothing) {
  UNet2DConfig config = attentive_config();
  config.block_out_channels = {8, 17};
  EXPECT_THROW(UNet2DModel{config}, Error);
}

}  // namespace
}  // namespace stepwise
