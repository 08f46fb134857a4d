// The files of a network: what is written has the keys, values and bytes that diffusers writes.
#include <gtest/gtest.h>
#include <torch/utils.h>

#include "image/file.h"
#include "model/fixtures.h"

namespace stepwise {
namespace {

using torch::Tensor;

TEST(UnetFiles, NoKeyOfTheConfigIsUnknown) {
  for_each_shipped([](Opened& opened) { EXPECT_TRUE(opened.model.unknown_keys.empty()); });
}

TEST(UnetFiles, ConfigIsWrittenWithTheSameKeysAndValues) {
  for_each_shipped([](Opened& opened) {
    const auto file = opened.fixture.root / opened.manifest.at("unet_dir") / "config.json";
    EXPECT_EQ(nlohmann::json::parse(json_of(opened.model.net->config)), read_json(file));
  });
}

TEST(UnetFiles, WrittenTensorsAreThoseRead) {
  for_each_shipped([](Opened& opened) {
    const TemporaryFolder folder;
    const DType floats = *dtype_named(opened.manifest.value("floats", "F32"));
    write_model(folder / "copy", opened.model.net, SchedulerInfo{}, StepwiseInfo{}, floats);
    const std::string weights = "diffusion_pytorch_model.safetensors";
    const auto original = opened.fixture.root / opened.manifest.at("unet_dir");
    EXPECT_EQ(read_file(folder / "copy" / "unet" / weights), read_file(original / weights));
  });
}

TEST(UnetFiles, HalfPrecisionWeightsGiveNearlyTheSameOutputs) {
  for_each_shipped([](Opened& opened) {
    const TemporaryFolder folder;
    write_model(folder / "half", opened.model.net, SchedulerInfo{}, StepwiseInfo{}, DType::kF16);
    UNet2DModel half = read_model(folder / "half").net;
    const torch::NoGradGuard no_grad;
    const Tensor a =
        half(opened.expected["sample_in"], opened.expected["timestep"], opened.expected.classes());
    for (std::int64_t i = 0; i < a.size(0); ++i)
      EXPECT_LE(largest_difference(a[i], opened.expected["out"][i]),
                0.02 * opened.expected["out"][i].abs().max().item<double>());
  });
}

TEST(UnetFiles, PipelinesNameTheirScheduler) {
  for_each_shipped([](Opened& opened) {
    if (!opened.manifest.contains("pipeline")) return;
    const auto file = opened.fixture.folder / "scheduler" / "scheduler_config.json";
    const nlohmann::json config = read_json(file);
    const SchedulerInfo& scheduler = opened.model.scheduler;
    EXPECT_EQ(scheduler.class_name, config.at("_class_name").get<std::string>());
    EXPECT_EQ(scheduler.config.prediction_type, config.at("prediction_type").get<std::string>());
    EXPECT_EQ(nlohmann::json::parse(json_of(scheduler)), config);
  });
}

TEST(UnetFiles, NetworksOfPipelinesOpenAsBareFoldersToo) {
  for_each_shipped([](Opened& opened) {
    ModelFolder bare = read_model(opened.fixture.root / opened.manifest.at("unet_dir"));
    EXPECT_EQ(bare.scheduler.class_name,
              opened.model.scheduler.class_name);  // Of the folder above.
    const torch::NoGradGuard no_grad;
    const Expected& e = opened.expected;
    EXPECT_TRUE(opened.forward().equal(bare.net(e["sample_in"], e["timestep"], e.classes())));
  });
}

}  // namespace
}  // namespace stepwise
