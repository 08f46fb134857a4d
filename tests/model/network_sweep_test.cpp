// Networks that nobody thought of: random values for all keys of config.json, as diffusers writes
// them. Each is built and answers, or is refused for a reason for which diffusers cannot build it
// either.
#include <gtest/gtest.h>
#include <torch/utils.h>

#include <nlohmann/json.hpp>
#include <random>

#include "error.h"
#include "model/unet.h"

namespace stepwise {
namespace {

using nlohmann::json;

constexpr int kNetworks = 300;

class Dice {
 public:
  explicit Dice(int seed) : generator_(unsigned(seed)) {}
  json one_of(const json& list) { return list[generator_() % list.size()]; }
  json some_of(const json& list, std::size_t count) {
    json chosen = json::array();
    while (chosen.size() < count) chosen.push_back(one_of(list));
    return chosen;
  }

 private:
  std::mt19937 generator_;  // Its numbers are the same everywhere.
};

json any_network(Dice& dice) {
  json config = json::parse(R"({
      "sample_size": [8, 16, [8, 16], null], "in_channels": [1, 3],
      "center_input_sample": [true, false],
      "time_embedding_type": ["positional", "positional", "fourier", "learned"],
      "time_embedding_dim": [null, null, 12], "freq_shift": [0, 1], "flip_sin_to_cos": [true, false],
      "layers_per_block": [1, 2], "mid_block_scale_factor": [1, 1.414],
      "mid_block_type": ["UNetMidBlock2D", "UNetMidBlock2D", null], "downsample_padding": [0, 1],
      "downsample_type": ["conv", "resnet"], "upsample_type": ["conv", "resnet"],
      "dropout": [0.0, 0.1], "act_fn": ["silu", "swish", "mish", "gelu", "relu"],
      "attention_head_dim": [null, 2, 4, 8, 16], "norm_num_groups": [1, 2, 4, 8],
      "attn_norm_num_groups": [null, null, 2, 5], "norm_eps": [1e-05, 1e-06],
      "resnet_time_scale_shift": ["default", "scale_shift"], "add_attention": [true, false],
      "class_embed_type": [null, null, "timestep", "identity"], "num_class_embeds": [null, null, 3],
      "num_train_timesteps": [null, 50]})");
  for (auto& item : config.items()) item.value() = dice.one_of(item.value());
  const std::size_t levels = dice.one_of({1, 2, 2, 3});
  config["out_channels"] = config["in_channels"];
  config["block_out_channels"] = dice.some_of({4, 8, 12, 16}, levels);
  config["down_block_types"] =
      dice.some_of({"DownBlock2D", "AttnDownBlock2D", "ResnetDownsampleBlock2D"}, levels);
  config["up_block_types"] =
      dice.some_of({"UpBlock2D", "AttnUpBlock2D", "ResnetUpsampleBlock2D"}, levels);
  return config;
}

bool has_mid_attention(const json& config) {
  return config["add_attention"] && !config["mid_block_type"].is_null();
}

bool has_attention_at(const json& config, std::size_t level) {
  const std::size_t levels = config["block_out_channels"].size();
  return config["down_block_types"][level] == "AttnDownBlock2D" ||
         config["up_block_types"][levels - 1 - level] == "AttnUpBlock2D" ||
         (level + 1 == levels && has_mid_attention(config));
}

// Why a network cannot be; empty: it can.
std::string reason(const json& config) {
  const json &channels = config["block_out_channels"], &head = config["attention_head_dim"];
  const json& groups = config["attn_norm_num_groups"];
  for (std::size_t i = 0; i < channels.size(); ++i) {
    if (int(channels[i]) % int(config["norm_num_groups"]) != 0)
      return "diffusers: num_channels must be divisible by num_groups";
    if (!head.is_null() && has_attention_at(config, i) && int(head) > int(channels[i]))
      return "diffusers: attention of no heads";
  }
  if (has_mid_attention(config) && !groups.is_null() && int(channels.back()) % int(groups) != 0)
    return "diffusers: num_channels must be divisible by num_groups";
  if (config["time_embedding_type"] == "learned" && config["num_train_timesteps"].is_null())
    return "diffusers: a table of no rows";
  return "";
}

torch::Tensor labels_for(const UNet2DConfig& config) {
  if (config.class_embed_type == "identity") return torch::rand({2, time_embedding_dim(config)});
  const bool classes = !config.class_embed_type.empty() || config.num_class_embeds;
  return classes ? torch::tensor({1, 2}) : torch::Tensor();
}

TEST(NetworkSweep, EachAnswersOrIsRefusedForAReason) {
  torch::NoGradGuard no_grad;
  int built = 0;
  for (int seed = 0; seed < kNetworks; ++seed) {
    Dice dice(seed);
    const json config = any_network(dice);
    torch::manual_seed(std::uint64_t(seed));
    SCOPED_TRACE(text_of("seed ", seed, ": ", config.dump()));
    bool refused = false;
    try {
      UNet2DModel net(unet_config_of(config.dump(), "config.json"));
      net->eval();
      const torch::Tensor x = torch::randn({2, config["in_channels"], 8, 16});
      const torch::Tensor answer = net->forward(x, torch::tensor({3, 7}), labels_for(net->config));
      EXPECT_EQ(answer.sizes(), x.sizes());
      EXPECT_TRUE(answer.isfinite().all().item<bool>());
      ++built;
    } catch (const Error& error) {
      refused = true;
      EXPECT_NE(reason(config), "") << error.what();
    }
    EXPECT_EQ(refused, reason(config) != "") << reason(config);
  }
  EXPECT_GT(built, kNetworks / 3);
}

}  // namespace
}  // namespace stepwise
