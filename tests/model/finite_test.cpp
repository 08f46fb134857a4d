// Which part of a network its first NaN comes from.
#include "model/finite.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/nn/module.h>
#include <torch/utils.h>

#include <cmath>

#include "model/watch.h"

namespace stepwise {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using torch::Tensor;

class Finite : public testing::Test {
 protected:
  Finite() {
    torch::manual_seed(3);
    UNet2DConfig c;
    c.in_channels = c.out_channels = 3;
    c.block_out_channels = {8, 32};
    c.down_block_types = {"SkipDownBlock2D", "AttnDownBlock2D"};
    c.up_block_types = {"UpBlock2D", "UpBlock2D"};
    c.layers_per_block = 1;
    c.norm_num_groups = 4;
    c.num_class_embeds = 2;
    net = UNet2DModel(c);
    net->eval();
  }

  std::string told() {
    const torch::NoGradGuard no_grad;
    try {
      require_finite(net, x, t, classes, net(x, t, classes));
    } catch (const NotFinite& e) {
      return e.what();
    }
    return "";
  }

  // One number of this parameter.
  void spoil(const std::string& name, float value) {
    const torch::NoGradGuard no_grad;
    net->named_parameters()[name].view(-1)[0].fill_(value);
  }

  UNet2DModel net{nullptr};
  Tensor x = torch::randn({3, 3, 8, 8});
  const Tensor t = torch::tensor({3, 40, 900}), classes = torch::tensor({0, 1, 0});
};

TEST_F(Finite, AnAnswerOfNumbersIsNone) { EXPECT_EQ(told(), ""); }

TEST_F(Finite, TheFirstPartIsNamedAndTheWeightsThatSpoilIt) {
  for (const auto& [weight, part] : std::map<std::string, std::string>{
           {"time_embedding.linear_1.weight", "time_embedding"},
           {"class_embedding.weight", "class_embedding"},
           {"conv_in.bias", "conv_in"},
           {"down_blocks.0.resnets.0.norm1.weight", "down_blocks.0.resnets.0"},
           {"down_blocks.0.resnet_down.conv2.bias", "down_blocks.0.resnet_down"},
           {"down_blocks.0.skip_conv.bias", "down_blocks.0.skip_conv"},
           {"down_blocks.1.attentions.0.to_q.weight", "down_blocks.1.attentions.0"},
           {"mid_block.resnets.1.conv1.weight", "mid_block.resnets.1"},
           {"up_blocks.0.upsamplers.0.conv.bias", "up_blocks.0.upsamplers.0"},
           {"conv_norm_out.weight", "conv_norm_out"},
           {"conv_out.bias", "conv_out"}}) {
    const Tensor parameter = net->named_parameters()[weight];
    const Tensor before = parameter.detach().clone();
    spoil(weight, NAN);
    EXPECT_THAT(told(), AllOf(HasSubstr("NaN, first out of '" + part + "'"),
                              HasSubstr("The weights contain NaN"), HasSubstr(weight)));
    const torch::NoGradGuard no_grad;
    parameter.copy_(before);
  }
  EXPECT_EQ(told(), "");
}

// A class that nobody asks for spoils nothing.
TEST_F(Finite, WeightsThatAreNotUsedSpoilNothing) {
  const torch::NoGradGuard no_grad;
  net->class_table->weight[1].fill_(NAN);
  EXPECT_THAT(told(), HasSubstr("class_embedding"));
  x = x.narrow(0, 0, 1);
  EXPECT_NO_THROW(require_finite(net, x, t.narrow(0, 0, 1), classes.narrow(0, 0, 1),
                                 net(x, t.narrow(0, 0, 1), classes.narrow(0, 0, 1))));
}

TEST_F(Finite, NumbersThatGrowTooLargeOnTheirWayAreNotBlamedOnTheWeights) {
  spoil("mid_block.resnets.0.conv2.weight", 3e38f);
  const torch::NoGradGuard no_grad;
  net->named_parameters()["mid_block.resnets.0.conv2.weight"].fill_(3e38f);
  EXPECT_THAT(told(), AllOf(HasSubstr("first out of 'mid_block.resnets.0'"),
                            HasSubstr("The weights are finite"), Not(HasSubstr("contain"))));
}

TEST_F(Finite, PicturesThatAreNotFiniteAreNotBlamedOnTheNetwork) {
  x[1][0][0][0] = INFINITY;
  EXPECT_THAT(told(), HasSubstr("pictures that the network was given"));
}

TEST_F(Finite, OnlyTheNewestWatchOfAThreadIsTold) {
  int outer = 0, inner = 0;
  const Watch first([&](const torch::nn::Module&, const Tensor&) { ++outer; });
  {
    const Watch second([&](const torch::nn::Module&, const Tensor&) { ++inner; });
    Watch::tell(*net, x);
  }
  EXPECT_EQ(inner, 1);
  EXPECT_EQ(outer, 0);
  EXPECT_TRUE(Watch::tell(*net, x).is_same(x));
  EXPECT_EQ(outer, 1);
}

}  // namespace
}  // namespace stepwise
