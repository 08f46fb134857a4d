#include "model/replayed_network.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include "model/placed.h"

namespace stepwise {
namespace {

UNet2DModel small_network() {
  UNet2DConfig config;
  config.in_channels = config.out_channels = 1;
  config.block_out_channels = {8, 16};
  config.down_block_types = {"DownBlock2D", "DownBlock2D"};
  config.up_block_types = {"UpBlock2D", "UpBlock2D"};
  config.norm_num_groups = 4;
  config.num_class_embeds = 3;
  torch::manual_seed(1);
  UNet2DModel net(config);
  net->eval();
  return net;
}

torch::Tensor plain(UNet2DModel& net, const torch::Tensor& x, double time, std::int64_t label) {
  const torch::NoGradGuard no_grad;
  return net->forward(x, torch::full({x.size(0)}, time), torch::full({x.size(0)}, label));
}

TEST(ReplayedNetwork, AnswersAsTheNetworkForEachSizeOfBatch) {
  UNet2DModel net = small_network();
  ReplayedNetwork replayed(net);
  for (int round = 0; round < 3; ++round)
    for (const std::int64_t count : {1, 4, 2, 7, 5, 3, 6, 8}) {
      const auto x = torch::randn({count, 1, 8, 8});
      const auto answer = replayed(x, torch::full({count}, 0.1 * round), torch::full({count}, 2));
      EXPECT_TRUE(answer.equal(plain(net, x, 0.1 * round, 2))) << count;
    }
}

TEST(ReplayedNetwork, KeepsNoAnswerForTheNextCall) {
  UNet2DModel net = small_network();
  ReplayedNetwork replayed(net);
  const auto x = torch::randn({2, 1, 8, 8});
  const auto first = replayed(x, torch::full({2}, 0.1), torch::full({2}, 0));
  const auto kept = first.clone();
  replayed(x, torch::full({2}, 3.0), torch::full({2}, 1));
  EXPECT_TRUE(first.equal(kept));
}

TEST(ReplayedNetwork, SeesWeightsThatAreWrittenOver) {
  UNet2DModel net = small_network();
  ReplayedNetwork replayed(net);
  const auto x = torch::randn({2, 1, 8, 8});
  const auto ask = [&] { return replayed(x, torch::full({2}, 0.1), torch::full({2}, 0)); };
  const auto before = ask();
  const torch::NoGradGuard no_grad;
  for (auto& parameter : net->parameters()) parameter.mul_(1.5);
  EXPECT_FALSE(ask().equal(before));
  EXPECT_TRUE(ask().equal(plain(net, x, 0.1, 0)));
}

// A convolution keeps its weights in an order of the processor's own.
TEST(Placed, WhatIsWrittenByWayOfAnotherTensorIsSeenOnceItIsTold) {
  UNet2DModel net = small_network();
  const torch::NoGradGuard no_grad;
  std::vector<torch::Tensor> other;
  for (const auto& parameter : net->parameters()) other.push_back(parameter.detach().clone());
  set_parameters(net, other);
  const auto x = torch::randn({2, 1, 8, 8});
  const auto before = plain(net, x, 0.1, 0);
  for (auto& tensor : other) tensor.mul_(1.5);
  tell_written(net);
  UNet2DModel fresh = small_network();
  for (auto& parameter : fresh->parameters()) parameter.mul_(1.5);
  EXPECT_TRUE(plain(net, x, 0.1, 0).equal(plain(fresh, x, 0.1, 0)));
  EXPECT_FALSE(before.equal(plain(net, x, 0.1, 0)));
}

}  // namespace
}  // namespace stepwise
