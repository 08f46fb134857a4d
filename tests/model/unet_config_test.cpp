#include "model/unet_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "error.h"

namespace stepwise {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string refusal(const std::string& json) {
  try {
    unet_config_of(json, "unet/config.json");
  } catch (const Error& e) {
    EXPECT_THAT(e.what(), HasSubstr("unet/config.json"));
    return e.what();
  }
  return "";
}

TEST(UnetConfig, MissingKeysHaveTheirDefaults) {
  EXPECT_EQ(unet_config_of("{}", "a"), UNet2DConfig{});
}

TEST(UnetConfig, ComesBackAsItWasWritten) {
  UNet2DConfig config;
  config.sample_height = 28;
  config.sample_width = 24;
  config.in_channels = config.out_channels = 1;
  config.block_out_channels = {32, 64};
  config.down_block_types = {"DownBlock2D", "ResnetDownsampleBlock2D"};
  config.up_block_types = {"ResnetUpsampleBlock2D", "UpBlock2D"};
  config.mid_block_type.clear();
  config.attention_head_dim.reset();
  config.num_class_embeds = 11;
  config.freq_shift = 0.5;
  config.norm_num_groups = 8;
  EXPECT_EQ(unet_config_of(json_of(config), "a"), config);
}

TEST(UnetConfig, NullIsOneHeadAndNoMidBlockAndElseTheDefault) {
  const UNet2DConfig config = unet_config_of(
      R"({"attention_head_dim": null, "mid_block_type": null, "norm_num_groups": null})", "a");
  EXPECT_FALSE(config.attention_head_dim.has_value());
  EXPECT_EQ(config.mid_block_type, "");
  EXPECT_EQ(config.norm_num_groups, 32);
}

TEST(UnetConfig, UnknownKeysAreCollectedButNotBookkeeping) {
  std::vector<std::string> unknown;
  unet_config_of(R"({"_class_name": "UNet2DModel", "_own": 1, "odd": 2, "even": {}})", "a",
                 &unknown);
  EXPECT_THAT(unknown, ElementsAre("even", "odd"));
}

TEST(UnetConfig, WholeNumbersAndFractionsAreInterchangeable) {
  const UNet2DConfig config =
      unet_config_of(R"({"mid_block_scale_factor": 2, "layers_per_block": 3.0})", "a");
  EXPECT_EQ(config.mid_block_scale_factor, 2);
  EXPECT_EQ(config.layers_per_block, 3);
}

TEST(UnetConfig, OldBlockNamesLoseTheirPrefix) {
  const UNet2DConfig config = unet_config_of(
      R"({"block_out_channels": [32], "down_block_types": ["UNetResAttnDownBlock2D"],
          "up_block_types": ["UNetResUpBlock2D"]})",
      "a");
  EXPECT_THAT(config.down_block_types, ElementsAre("AttnDownBlock2D"));
  EXPECT_THAT(config.up_block_types, ElementsAre("UpBlock2D"));
}

TEST(UnetConfig, BlocksThisProgramDoesNotHaveAreRefusedByName) {
  const std::string message = refusal(
      R"({"block_out_channels": [32], "down_block_types": ["SkipDownBlock2D"],
          "up_block_types": ["SkipUpBlock2D"]})");
  EXPECT_THAT(message, HasSubstr("'SkipDownBlock2D'"));
  EXPECT_THAT(message, HasSubstr("AttnDownBlock2D"));
}

TEST(UnetConfig, ValuesOutOfBoundsAreRefused) {
  for (const std::string json :
       {R"({"block_out_channels": []})",
        R"({"block_out_channels": [224, 448]})",
        R"({"block_out_channels": [224, 448, 672, 1000000000]})",
        R"({"block_out_channels": [224, 448, 672, -32]})",
        R"({"block_out_channels": [224, 448, 672, 897]})",
        R"({"block_out_channels": [16384, 16384, 16384, 16384], "layers_per_block": 32})",
        R"({"layers_per_block": 1000000000})",
        R"({"layers_per_block": 0})",
        R"({"layers_per_block": 1.5})",
        R"({"layers_per_block": 1e300})",
        R"({"layers_per_block": 18446744073709551615})",
        R"({"in_channels": 0})",
        R"({"out_channels": -1})",
        R"({"norm_num_groups": 0})",
        R"({"norm_num_groups": 33})",
        R"({"attn_norm_num_groups": 33})",
        R"({"attention_head_dim": 0})",
        R"({"attention_head_dim": 1000})",
        R"({"num_class_embeds": 100000000000})",
        R"({"time_embedding_type": "learned"})",
        R"({"time_embedding_type": "sine"})",
        R"({"time_embedding_dim": 0})",
        R"({"freq_shift": 112})",
        R"({"norm_eps": -1})",
        R"({"dropout": 1})",
        R"({"downsample_padding": 2})",
        R"({"act_fn": "tanh"})",
        R"({"act_fn": 3})",
        R"({"sample_size": 0})",
        R"({"sample_size": [28]})",
        R"({"sample_size": 1000000})",
        R"({"mid_block_type": "UNetMidBlock2DCrossAttn"})",
        R"({"class_embed_type": "simple_projection"})",
        R"({"downsample_type": "fir"})",
        R"({"center_input_sample": "yes"})",
        R"({"mid_block_scale_factor": 0})",
        R"({"down_block_types": "DownBlock2D"})",
        R"({"down_block_types": [1, 2, 3, 4]})",
        R"([])",
        R"(null)",
        R"()",
        R"({"a": )",
        "{\"a\": \"\xff\"}"})
    EXPECT_NE(refusal(json), "") << json;
}

TEST(UnetConfig, DeepNestingIsRefused) {
  EXPECT_THAT(refusal("{\"a\": " + std::string(1'000'000, '[')), HasSubstr("nested"));
}

}  // namespace
}  // namespace stepwise
