#include "formats/unet_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "error.h"
#include "error_of.h"
#include "every_field.h"

namespace stepwise {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string refusal(const std::string& json) {
  const std::string words = error_of([&] { unet_config_of(json, "unet/config.json"); });
  EXPECT_THAT(words, testing::AnyOf("", HasSubstr("unet/config.json")));
  return words;
}

TEST(UnetConfig, MissingKeysHaveTheirDefaults) {
  EXPECT_EQ(unet_config_of("{}", "a"), UNet2DConfig{});
}

TEST(UnetConfig, ComesBackAsItWasWritten) {
  EXPECT_EQ(member_count<UNet2DConfig>(), field_count<UNet2DConfig>() + 2);  // Of sample_size.
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

TEST(UnetConfig, NullIsOneHeadNoMidBlockGroupsByTheChannelsAndElseTheDefault) {
  const UNet2DConfig config = unet_config_of(
      R"({"block_out_channels": [8], "down_block_types": ["SkipDownBlock2D"],
          "up_block_types": ["SkipUpBlock2D"], "attention_head_dim": null,
          "mid_block_type": null, "norm_num_groups": null})",
      "a");
  EXPECT_FALSE(config.attention_head_dim.has_value());
  EXPECT_EQ(config.mid_block_type, "");
  EXPECT_FALSE(config.norm_num_groups.has_value());
  EXPECT_EQ(unet_config_of(R"({"act_fn": null})", "a").act_fn, "silu");
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
      R"({"block_out_channels": [32], "down_block_types": ["KDownBlock2D"],
          "up_block_types": ["KUpBlock2D"]})");
  EXPECT_THAT(message, HasSubstr("'KDownBlock2D'"));
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
        R"({"freq_shift": 112})",
        R"({"norm_eps": -1})",
        R"({"dropout": 1.1})",
        R"({"downsample_padding": 2})",
        R"({"act_fn": "tanh"})",
        R"({"act_fn": 3})",
        R"({"sample_size": 0})",
        R"({"sample_size": [28]})",
        R"({"sample_size": 1000000})",
        R"({"norm_num_groups": null})",
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

// What diffusers takes for something else, or does not look at.
TEST(UnetConfig, ValuesThatDiffusersTakesAreTaken) {
  for (const std::string json :
       {R"({"time_embedding_dim": 0})", R"({"dropout": 1})", R"({"act_fn": "SiLU"})",
        R"({"mid_block_type": "UNetMidBlock2DCrossAttn"})",
        R"({"class_embed_type": "simple_projection", "num_class_embeds": 3})"})
    EXPECT_EQ(parameter_count(unet_config_of(json, "a")), parameter_count(UNet2DConfig{})) << json;
  EXPECT_EQ(refusal(R"({"down_block_types": ["DownBlock2D", "DownBlock2D", "DownBlock2D",
                        "ResnetDownsampleBlock2D"], "downsample_type": "fir"})"),
            "");
}

std::string refusal_of_blocks(const std::string& down, const std::string& up,
                              const std::string& more = "") {
  return refusal(R"({"block_out_channels": [32, 32], "norm_num_groups": 8, "down_block_types": [)" +
                 down + R"(], "up_block_types": [)" + up + "]" + more + "}");
}

// Where diffusers fails too, when such a network is built or first called.
TEST(UnetConfig, SkipBlocksNeedThePictureThatTheyPassOn) {
  const std::string skips = R"("SkipDownBlock2D", "AttnSkipDownBlock2D")",
                    plain = R"("DownBlock2D", "DownBlock2D")",
                    ups = R"("AttnSkipUpBlock2D", "SkipUpBlock2D")",
                    plain_ups = R"("UpBlock2D", "UpBlock2D")";
  EXPECT_EQ(refusal_of_blocks(skips, ups), "");
  EXPECT_EQ(refusal_of_blocks(R"("SkipDownBlock2D", "DownBlock2D")", plain_ups), "");
  EXPECT_EQ(refusal_of_blocks(R"("DownBlock2D", "SkipDownBlock2D")", plain_ups), "");
  EXPECT_EQ(refusal_of_blocks(plain, R"("UpBlock2D", "SkipUpBlock2D")", R"(, "in_channels": 1)"),
            "");
  EXPECT_THAT(refusal_of_blocks(plain, R"("SkipUpBlock2D", "UpBlock2D")"),
              HasSubstr("only Skip blocks may"));
  EXPECT_THAT(refusal_of_blocks(skips, plain_ups, R"(, "in_channels": 1)"),
              HasSubstr("in_channels is 1"));
  EXPECT_THAT(refusal_of_blocks(plain, ups, R"(, "out_channels": 6)"),
              HasSubstr("out_channels is 6"));
  EXPECT_THAT(refusal(R"({"block_out_channels": [32, 32, 32],
      "down_block_types": ["DownBlock2D", "SkipDownBlock2D", "DownBlock2D"],
      "up_block_types": ["UpBlock2D", "UpBlock2D", "UpBlock2D"]})"),
              HasSubstr("Skip blocks at all levels before it"));
  EXPECT_THAT(refusal(R"({"block_out_channels": [40], "norm_num_groups": 8,
      "down_block_types": ["AttnSkipDownBlock2D"], "up_block_types": ["UpBlock2D"]})"),
              HasSubstr("32 groups"));
}

TEST(UnetConfig, DeepNestingIsRefused) {
  EXPECT_THAT(refusal("{\"a\": " + std::string(1'000'000, '[')), HasSubstr("nested"));
}

}  // namespace
}  // namespace stepwise
