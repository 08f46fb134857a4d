#include "model/folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "error.h"
#include "error_of.h"
#include "every_field.h"
#include "image/file.h"
#include "model/fixtures.h"
#include "model/small_net.h"

namespace stepwise {
namespace {

using testing::HasSubstr;
using testing::UnorderedElementsAre;
namespace fs = std::filesystem;

UNet2DModel small_net(std::int64_t layers = 1) {
  UNet2DConfig c = small_config();
  c.layers_per_block = layers;
  c.num_class_embeds = 3;
  return UNet2DModel(c);
}

StepwiseInfo full_info() {
  StepwiseInfo info;
  info.name = "two kinds";
  info.data = "fashion-mnist";
  info.class_names = {"Trouser", "Ankle boot"};
  info.null_class = 2;
  info.sigma_data = 0.71;
  info.learned_up_to = 2;
  info.defaults.sampler = SamplerKind::kHeun;
  info.defaults.grid = GridKind::kLogUniform;
  info.defaults.guidance = 1.5;
  info.defaults.steps = 9;
  info.defaults.options.clip = 1;
  info.defaults.options.variance = Variance::kLearnedRange;
  info.defaults.options.timesteps = {900, 10};
  info.defaults.options.mu = 0.5;
  info.seed = 18446744073709551615u;
  info.survival = {{0.5, 2, 0.25}, {0.25, 2, 0.75}};
  info.training = R"({"history":[1,2.5],"recipe":{"name":"quick"}})";
  return info;
}

std::string refusal_of_model(const fs::path& path) {
  return error_of([&] { read_model(path); });
}

class ModelFolderTest : public testing::Test {
 protected:
  ModelFolderTest() { write_model(path, small_net(), SchedulerInfo{}, full_info()); }

  void replace(const std::string& file, const std::string& text) { write_file(path / file, text); }

  const TemporaryFolder folder;
  const fs::path path = folder / "model";
};

TEST_F(ModelFolderTest, HoldsTheFilesOfAPipelineAndOurOwn) {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(path))
    if (entry.is_regular_file()) files.push_back(fs::relative(entry, path).string());
  EXPECT_THAT(files, UnorderedElementsAre("model_index.json", "stepwise.json", "unet/config.json",
                                          "unet/diffusion_pytorch_model.safetensors",
                                          "scheduler/scheduler_config.json"));
  const auto index = nlohmann::json::parse(read_file(path / "model_index.json"));
  EXPECT_EQ(index["unet"], nlohmann::json::parse(R"(["diffusers", "UNet2DModel"])"));
  EXPECT_EQ(index["scheduler"], nlohmann::json::parse(R"(["diffusers", "EDMEulerScheduler"])"));
}

TEST_F(ModelFolderTest, SchedulerHasTheKeysOfEdmEuler) {
  SchedulerInfo ours;
  ours.config.sigma_data = 0.71;
  EXPECT_EQ(nlohmann::json::parse(json_of(ours)), nlohmann::json::parse(R"({
    "_class_name": "EDMEulerScheduler", "_diffusers_version": "0.40.0",
    "final_sigmas_type": "zero", "num_train_timesteps": 1000, "prediction_type": "epsilon", "rho": 7.0,
    "sigma_data": 0.71, "sigma_max": 80.0, "sigma_min": 0.002, "sigma_schedule": "karras"})"));
}

TEST_F(ModelFolderTest, InfoComesBack) {
  EXPECT_EQ(member_count<StepwiseInfo>(), field_count<StepwiseInfo>());
  const ModelFolder model = read_model(path);
  EXPECT_EQ(model.info, full_info());
  EXPECT_EQ(model.scheduler.class_name, "EDMEulerScheduler");
  EXPECT_FALSE(model.net->is_training());
}

TEST_F(ModelFolderTest, InfoFromBeforeSomeEntriesWereStoredHasTheirDefaults) {
  auto info = nlohmann::json::parse(read_file(path / "stepwise.json"));
  info["defaults"].erase("options");
  info["defaults"]["label"] = -1;
  info.erase("learned_up_to");
  replace("stepwise.json", info.dump());
  StepwiseInfo expected = full_info();
  expected.defaults.options = {};
  expected.learned_up_to = 0;
  EXPECT_EQ(read_model(path).info, expected);
}

TEST_F(ModelFolderTest, InfoThatIsNotUnderstoodIsNamed) {
  replace("stepwise.json", R"({"defaults": {"sampler": "rk45"}})");
  EXPECT_THAT(refusal_of_model(path),
              HasSubstr("sampler is \"rk45\", but should be one of: euler, heun"));
  replace("stepwise.json", R"({"defaults": {"options": {"variance": 1}}})");
  EXPECT_THAT(refusal_of_model(path),
              HasSubstr("variance is 1, but should be one of: small, large"));
  replace("stepwise.json", R"({"defaults": {"steps": 0}})");
  EXPECT_THAT(refusal_of_model(path), HasSubstr("The number of steps is 0"));
  replace("stepwise.json", R"({"training": 3})");
  EXPECT_THAT(refusal_of_model(path), HasSubstr("training is 3"));
}

TEST_F(ModelFolderTest, AFolderWithoutOurFileHasDefaults) {
  fs::remove(path / "stepwise.json");
  EXPECT_EQ(read_model(path).info, StepwiseInfo{});
}

TEST_F(ModelFolderTest, IsBroughtUpToDateButNeverReplacedByAnotherShape) {
  write_model(path, small_net(), SchedulerInfo{}, StepwiseInfo{});
  EXPECT_EQ(read_model(path).info, StepwiseInfo{});
  EXPECT_THROW(write_model(path, small_net(2), SchedulerInfo{}, StepwiseInfo{}), Error);
  EXPECT_EQ(refusal_of_model(path), "");
}

// The order of writing: whatever is missing from the end, the folder reads or says that there is no
// model.
TEST_F(ModelFolderTest, AFolderCutShortIsReadOrRefused) {
  fs::remove(path / "model_index.json");
  EXPECT_EQ(refusal_of_model(path), "");
  fs::remove(path / "unet" / "config.json");
  EXPECT_THAT(refusal_of_model(path), HasSubstr("There is no model in"));
}

TEST_F(ModelFolderTest, MissingPartsAreNamed) {
  EXPECT_THAT(refusal_of_model(path / "nowhere"), HasSubstr("There is no model in"));
  EXPECT_THAT(refusal_of_model(path / "stepwise.json"), HasSubstr("it is JSON text"));
  write_file(path / "words", "words");
  EXPECT_THAT(refusal_of_model(path / "words"), HasSubstr("Choose the folder it lies in"));
  const fs::path weights = path / "unet" / "diffusion_pytorch_model.safetensors";
  fs::remove(weights);
  EXPECT_THAT(refusal_of_model(path), HasSubstr(weights.string()));
  write_file(path / "unet" / "diffusion_pytorch_model.bin", "pickle");
  EXPECT_THAT(refusal_of_model(path), HasSubstr("safe_serialization"));
}

TEST_F(ModelFolderTest, OtherPipelinesAndNetworksAreRefusedByName) {
  replace("model_index.json", R"({"_class_name": "StableDiffusionPipeline",
                                  "unet": ["diffusers", "UNet2DConditionModel"]})");
  EXPECT_THAT(refusal_of_model(path), HasSubstr("StableDiffusionPipeline"));
  replace("model_index.json",
          R"({"_class_name": "DiTPipeline", "transformer": ["diffusers", "DiT"]})");
  EXPECT_THAT(refusal_of_model(path), HasSubstr("DiTPipeline"));
  fs::remove(path / "model_index.json");
  replace("unet/config.json", R"({"_class_name": "UNet2DConditionModel"})");
  EXPECT_THAT(refusal_of_model(path), HasSubstr("UNet2DConditionModel"));
}

TEST_F(ModelFolderTest, AConfigWithoutTheWeightsForItBuildsNothing) {
  UNet2DConfig huge = small_net()->config;
  huge.block_out_channels = {2048};
  replace("unet/config.json", json_of(huge));
  EXPECT_THAT(refusal_of_model(path), HasSubstr("do not belong together"));
}

TEST_F(ModelFolderTest, WeightsOfAnotherShapeAreNamed) {
  UNet2DConfig other = small_net()->config;
  other.num_class_embeds = 2;
  fs::remove(path / "stepwise.json");
  replace("unet/config.json", json_of(other));
  EXPECT_THAT(refusal_of_model(path),
              HasSubstr("class_embedding.weight ([3, 32] instead of [2, 32])"));
}

TEST_F(ModelFolderTest, BareTokensOfPythonAreReadInSchedulers) {
  replace("scheduler/scheduler_config.json", R"({"_class_name": "DPMSolverMultistepScheduler",
      "lambda_min_clipped": -Infinity, "a": Infinity, "b": NaN, "text": "NaN -Infinity \" NaN"})");
  const SchedulerInfo scheduler = read_model(path).scheduler;
  EXPECT_EQ(scheduler.class_name, "DPMSolverMultistepScheduler");
  EXPECT_EQ(scheduler.config.lambda_min_clipped, -std::numeric_limits<double>::infinity());
  EXPECT_THAT(scheduler.unknown, testing::ElementsAre("a", "b", "text"));
}

TEST_F(ModelFolderTest, BrokenJsonIsNamed) {
  for (const std::string file : {"model_index.json", "unet/config.json", "stepwise.json",
                                 "scheduler/scheduler_config.json"}) {
    const std::string before = read_file(path / file);
    for (const std::string& text :
         {std::string(), std::string("{"), std::string("[]"), std::string("\xff"),
          "{\"a\":" + std::string(100'000, '['), std::string("{\"a\": 1e999}")}) {
      replace(file, text);
      EXPECT_THAT(refusal_of_model(path), HasSubstr(file)) << text.substr(0, 20);
    }
    replace(file, before);
    EXPECT_EQ(refusal_of_model(path), "");
  }
}

TEST_F(ModelFolderTest, InfoThatContradictsTheNetworkIsRefused) {
  for (const std::string text :
       {R"({"class_names": ["a", "b", "c", "d"]})", R"({"null_class": 3})", R"({"null_class": -2})",
        R"({"sigma_data": 0})", R"({"sigma_data": "large"})",
        R"({"defaults": {"sampler": "magic"}})", R"({"defaults": {"grid": "magic"}})",
        R"({"defaults": {"steps": 0}})", R"({"defaults": {"count": 1e12}})", R"({"defaults": []})",
        R"({"training": 3})", R"({"seed": -1})", R"({"class_names": [1]})"}) {
    replace("stepwise.json", text);
    EXPECT_THAT(refusal_of_model(path), HasSubstr("stepwise.json")) << text;
  }
}

TEST_F(ModelFolderTest, SchedulersWithoutAClassAreRefused) {
  for (const std::string text : {R"({})", R"({"_class_name": 1})"}) {
    replace("scheduler/scheduler_config.json", text);
    EXPECT_THAT(refusal_of_model(path), HasSubstr("scheduler_config.json")) << text;
  }
}

TEST_F(ModelFolderTest, SchedulersOutOfBoundsAreObstacles) {
  for (const std::string text :
       {R"({"_class_name": "EDMEulerScheduler", "sigma_data": 0})",
        R"({"_class_name": "EDMEulerScheduler", "sigma_min": 90})",
        R"({"_class_name": "EDMEulerScheduler", "rho": 0})",
        R"({"_class_name": "EDMEulerScheduler", "sigma_max": Infinity, "sigma_min": 81})",
        R"({"_class_name": "DDPMScheduler", "num_train_timesteps": 0})"}) {
    replace("scheduler/scheduler_config.json", text);
    EXPECT_NE(read_model(path).scheduler.obstacle, "") << text;
  }
}

}  // namespace
}  // namespace stepwise
