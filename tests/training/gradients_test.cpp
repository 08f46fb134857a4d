#include "training/gradients.h"

#include <gtest/gtest.h>
#include <torch/autograd.h>
#include <torch/utils.h>

#include <atomic>
#include <cmath>
#include <vector>

#include "error.h"
#include "model/convolution.h"
#include "model/shards.h"
#include "toy_data.h"
#include "training/batches.h"
#include "training/loss.h"
#include "training/network.h"

namespace stepwise {
namespace {

class Threads {
 public:
  explicit Threads(int count) : before_(torch::get_num_threads()) { torch::set_num_threads(count); }
  ~Threads() { torch::set_num_threads(before_); }

 private:
  const int before_;
};

Gradients toy_gradients(bool bfloat16) {
  const Recipe recipe = toy_recipe(1);
  const Dataset data = toy_data();
  UNet2DModel net = new_network(recipe, data);
  {
    torch::NoGradGuard no_grad;
    net->conv_out->weight.fill_(0.02);  // At zero nothing before it would get a gradient.
  }
  const Regressor regressor = regressor_of(recipe, torch::kCPU);
  const Batch batch = Batches(recipe, data, regressor).of(0);
  const Regression regression = regressor(batch.clean, batch.noise, batch.sigma, recipe.weighting);
  return gradients_of(net, net->parameters(), regression, batch.labels, bfloat16);
}

double relative_difference(const Gradients& a, const Gradients& b) {
  double difference = 0, size = 0;
  for (std::size_t i = 0; i < a.of_parameters.size(); ++i) {
    difference += (a.of_parameters[i] - b.of_parameters[i]).square().sum().item<double>();
    size += a.of_parameters[i].square().sum().item<double>();
  }
  return std::sqrt(difference / size);
}

TEST(Gradients, AreTheSameHoweverManyThreadsShareTheBatch) {
  Gradients alone, shared;
  {
    const Threads one(1);
    alone = toy_gradients(false);
  }
  {
    const Threads three(3);
    shared = toy_gradients(false);
    EXPECT_EQ(relative_difference(shared, toy_gradients(false)),
              0);  // And each number always the same.
  }
  EXPECT_NEAR(alone.loss.item<double>(), shared.loss.item<double>(), 1e-6);
  EXPECT_LT(relative_difference(alone, shared), 1e-5);
  ASSERT_EQ(shared.edm_losses.numel(), toy_recipe(1).batch);
  EXPECT_TRUE(torch::allclose(alone.edm_losses, shared.edm_losses, 1e-4, 1e-6));
  EXPECT_NEAR(shared.edm_losses.mean().item<double>(), shared.loss.item<double>(), 1e-6);
}

// torch's autograd looks for the ends of graphs without a lock, and a thread that finds none leaves
// the gradient out.
TEST(Gradients, OfAllThreadsEndAtPlacesThatAreThereAsLongAsTheyAre) {
  const auto end_of = torch::autograd::impl::try_get_grad_accumulator;
  UNet2DModel net = new_network(toy_recipe(1), toy_data());
  const auto parameters = net->parameters();
  const torch::Tensor x = torch::zeros({8, 1, 8, 8}), of_each = torch::ones({8});
  const Regression regression{x, of_each, x, of_each, of_each};
  BatchGradients gradients(net, parameters, regression, torch::zeros({8}, torch::kLong), 8, false);
  std::vector<const torch::autograd::Node*> ends;
  for (const torch::Tensor& parameter : parameters) {
    ends.push_back(end_of(parameter).get());
    ASSERT_TRUE(ends.back());
  }
  gradients.advance([] { return false; });
  for (std::size_t i = 0; i < ends.size(); ++i) EXPECT_EQ(end_of(parameters[i]).get(), ends[i]);
}

// Blocks of all kinds that pass something on besides the features.
std::vector<UNet2DConfig> networks() {
  UNet2DConfig c;
  c.in_channels = c.out_channels = 3;
  c.block_out_channels = {32, 32};
  c.norm_num_groups = 4;
  c.num_class_embeds = 2;
  std::vector<UNet2DConfig> configs;
  const auto add = [&](std::vector<std::string> down, std::vector<std::string> up) {
    c.down_block_types = std::move(down);
    c.up_block_types = std::move(up);
    configs.push_back(c);
  };
  add({"DownBlock2D", "AttnDownBlock2D"}, {"AttnUpBlock2D", "UpBlock2D"});
  add({"SkipDownBlock2D", "AttnSkipDownBlock2D"}, {"AttnSkipUpBlock2D", "SkipUpBlock2D"});
  add({"SkipDownBlock2D", "DownBlock2D"}, {"UpBlock2D", "SkipUpBlock2D"});
  c.mid_block_type.clear();
  c.time_embedding_type = "fourier";
  add({"ResnetDownsampleBlock2D", "DownBlock2D"}, {"ResnetUpsampleBlock2D", "UpBlock2D"});
  return configs;
}

TEST(Gradients, FromStageToStageAreThoseOfOnePass) {
  const Threads one(1);
  for (const UNet2DConfig& config : networks()) {
    SCOPED_TRACE(config.down_block_types.front() + " " + config.up_block_types.back());
    torch::manual_seed(1);
    UNet2DModel net(config);
    const torch::Tensor classes = torch::tensor({0, 1, 1, 0});
    const Regression regression{torch::randn({4, 3, 8, 8}), torch::rand({4}) + 0.1,
                                torch::randn({4, 3, 8, 8}), torch::rand({4}), torch::rand({4})};
    const auto answer = net->forward(regression.input, regression.timestep, classes);
    const auto loss = losses_of(regression, answer).mean();
    const Gradients whole{loss.detach(), torch::autograd::grad({loss}, net->parameters())};
    const Gradients staged = gradients_of(net, net->parameters(), regression, classes, false);
    EXPECT_NEAR(staged.loss.item<double>(), whole.loss.item<double>(), 1e-6);
    EXPECT_LT(relative_difference(staged, whole), 1e-6);
    EXPECT_TRUE(
        torch::allclose(staged.edm_losses, errors_of(regression, answer) * regression.edm_weight));
  }
}

// What a step of the toy network is to learn where all levels below are half as high.
struct Half {
  Half() {
    const Recipe recipe = toy_recipe(1);
    net = new_network(recipe, toy_data());
    const torch::NoGradGuard no_gradients;
    net->conv_out->weight.fill_(0.02);  // At zero nothing before it would get a gradient.
    const Regressor regressor = regressor_of(recipe, torch::kCPU);
    batch = Batches(recipe, toy_data(), regressor).of(0);
    regression = regressor.consistent(batch.clean, batch.noise, batch.sigma, batch.sigma / 2,
                                      recipe.weighting);
  }

  // In one pass, with gradients through the network's own answer or without.
  Gradients whole(bool through_own) {
    const OwnAnswer& own = regression.own;
    const torch::Tensor answer = net->forward(own.input, own.timestep, batch.labels);
    Regression complete = regression;
    complete.target = regression.target + own.scale * (through_own ? answer : answer.detach());
    const torch::Tensor given = net->forward(regression.input, regression.timestep, batch.labels);
    const torch::Tensor loss = losses_of(complete, given).mean();
    return {loss.detach(), torch::autograd::grad({loss}, net->parameters())};
  }
  Gradients staged() {
    return gradients_of(net, net->parameters(), regression, batch.labels, false);
  }

  UNet2DModel net{nullptr};
  Batch batch;
  Regression regression;
};

TEST(Gradients, NoneFlowThroughWhatTheNetworkIsToRepeatOfItsOwn) {
  Half half;
  const Gradients staged = half.staged(), detached = half.whole(false);
  EXPECT_NEAR(staged.loss.item<double>(), detached.loss.item<double>(), 1e-5);
  EXPECT_LT(relative_difference(detached, staged), 1e-4);
  EXPECT_GT(relative_difference(detached, half.whole(true)), 0.05);
}

TEST(Gradients, OfATargetOfItsOwnAreTheSameHoweverManyThreadsShareTheBatch) {
  Half half;
  Gradients alone, shared;
  {
    const Threads one(1);
    alone = half.staged();
  }
  {
    const Threads three(3);
    shared = half.staged();
    EXPECT_EQ(relative_difference(shared, half.staged()), 0);
  }
  EXPECT_NEAR(alone.loss.item<double>(), shared.loss.item<double>(), 1e-5);
  EXPECT_LT(relative_difference(alone, shared), 1e-4);
}

TEST(Gradients, InBfloat16AreNearTheExactOnes) {
  const Threads one(1);
  const Gradients exact = toy_gradients(false), fast = toy_gradients(true);
  EXPECT_NEAR(exact.loss.item<double>(), fast.loss.item<double>(), 0.01);
  // Eight significant bits, rounded layer after layer; once more at each where the processor has no
  // bfloat16 of its own (0.056 there).
  EXPECT_LT(relative_difference(exact, fast), 0.08);
  EXPECT_GT(relative_difference(exact, fast), 0);
}

TEST(Shards, CoverTheBatchOnce) {
  const Threads three(3);
  EXPECT_EQ(shards_of(2), std::min<std::int64_t>(2, shards_of(1000)));
  EXPECT_EQ(shards_of(7, 4), 1);
  EXPECT_EQ(shards_of(0), 1);
  for (const std::int64_t shards : {1, 3, 5}) {
    std::vector<std::atomic<int>> visits(11);
    for_each_shard(11, shards, [&](std::int64_t, std::int64_t first, std::int64_t count) {
      for (std::int64_t i = first; i < first + count; ++i) ++visits[i];
    });
    for (const auto& visit : visits) EXPECT_EQ(visit, 1);
  }
}

TEST(Shards, PassOnWhatAShardThrows) {
  const Threads three(3);
  EXPECT_THROW(
      for_each_shard(
          6, 3, [](std::int64_t shard, std::int64_t, std::int64_t) { require(shard != 1, "no"); }),
      Error);
}

}  // namespace
}  // namespace stepwise
