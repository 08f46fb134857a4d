// Model folders as other programs leave them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "error.h"
#include "error_of.h"
#include "formats/weight_files.h"
#include "image/file.h"
#include "model/fixtures.h"
#include "model/small_net.h"

namespace stepwise {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kFile = "diffusion_pytorch_model.safetensors";
constexpr const char* kList = "diffusion_pytorch_model.safetensors.index.json";

class Import : public testing::Test {
 protected:
  Import() { write_model(path, net, SchedulerInfo{}, StepwiseInfo{}); }

  std::string refusal() { return refusal_of(path); }
  static std::string refusal_of(const fs::path& folder) {
    return error_of([&] { read_model(folder); });
  }

  void expect_same_weights() {
    const ModelFolder model = read_model(path);
    EXPECT_EQ(state_of(*model.net), state_of(*net));
  }

  // The weights in two files, every second tensor in the other, and the index as it should be.
  json split() {
    Safetensors halves[2];
    json index = {{"metadata", {{"total_size", 1}}}, {"weight_map", json::object()}};
    for (const auto& [name, tensor] : state_of(*net)) {
      const bool second = index["weight_map"].size() % 2 == 1;
      halves[second].tensors[name] = tensor;
      index["weight_map"][name] = second ? "b.safetensors" : "a.safetensors";
    }
    fs::remove(unet / kFile);
    write_safetensors(unet / "a.safetensors", halves[0]);
    write_safetensors(unet / "b.safetensors", halves[1]);
    write_file(unet / kList, index.dump());
    return index;
  }

  std::string refusal_with(const json& index) {
    write_file(unet / kList, index.dump());
    return refusal();
  }

  const TemporaryFolder folder;
  const fs::path path = folder / "model", unet = path / "unet";
  const UNet2DModel net = UNet2DModel(small_config());
};

TEST_F(Import, WeightsInSeveralFilesAreOneNetwork) {
  split();
  expect_same_weights();
}

TEST_F(Import, AnIndexLeadsNowhereButToItsOwnFolder) {
  const json good = split();
  fs::copy_file(unet / "a.safetensors", path / "a.safetensors");
  for (const std::string file : {"../a.safetensors", "/etc/a.safetensors", "sub/a.safetensors",
                                 "..\\a.safetensors", "..", "", "a.bin", "a.safetensors/"}) {
    json index = good;
    index["weight_map"]["conv_in.bias"] = file;
    EXPECT_THAT(refusal_with(index), AllOf(HasSubstr(kList), HasSubstr("in its own folder")))
        << file;
  }
}

TEST_F(Import, AnIndexAndItsFilesMustAgree) {
  const json good = split();
  json index = good;
  index["weight_map"]["conv_in.bias"] = "b.safetensors";
  EXPECT_THAT(refusal_with(index), HasSubstr("'conv_in.bias' should lie in 'b.safetensors'"));
  index = good;
  index["weight_map"]["more"] = "b.safetensors";
  EXPECT_THAT(refusal_with(index), HasSubstr("'more' should lie in"));
  index = good;
  index["weight_map"].erase("conv_in.bias");
  EXPECT_THAT(refusal_with(index), HasSubstr("does not list the tensor 'conv_in.bias'"));
  index = good;
  index["weight_map"]["more"] = "c.safetensors";
  EXPECT_THAT(refusal_with(index), HasSubstr("c.safetensors"));
  fs::copy_file(unet / "a.safetensors", unet / "c.safetensors");
  EXPECT_THAT(refusal_with(index), HasSubstr("once more in"));
}

TEST_F(Import, AnIndexIsReadStrictly) {
  const json good = split();
  EXPECT_THAT(refusal_with({{"metadata", json::object()}}), HasSubstr("no weight_map"));
  EXPECT_THAT(refusal_with({{"weight_map", {"a", "b"}}}), HasSubstr("weight_map is"));
  EXPECT_THAT(refusal_with({{"weight_map", {{"conv_in.bias", 1}}}}), HasSubstr("weight_map is 1"));
  json many = good;
  for (int i = 0; i < 300; ++i)
    many["weight_map"][std::to_string(i)] = std::to_string(i) + ".safetensors";
  EXPECT_THAT(refusal_with(many), HasSubstr("more than the 256"));
}

TEST_F(Import, AWholeFileGoesBeforeAnIndexAndAVariant) {
  write_file(unet / kList, "{}");
  write_file(unet / "diffusion_pytorch_model.fp16.safetensors", "");
  expect_same_weights();
}

TEST_F(Import, SavingLeavesNoIndexThatLeadsToOldWeights) {
  split();
  write_model(path, net, SchedulerInfo{}, StepwiseInfo{});
  EXPECT_FALSE(fs::exists(unet / kList));
  expect_same_weights();
}

TEST_F(Import, AVariantIsOpenedWhereThereIsNothingElse) {
  fs::rename(unet / kFile, unet / "diffusion_pytorch_model.fp16.safetensors");
  expect_same_weights();
  fs::copy_file(unet / "diffusion_pytorch_model.fp16.safetensors",
                unet / "diffusion_pytorch_model.ema.safetensors");
  EXPECT_THAT(refusal(), AllOf(HasSubstr("several variants"), HasSubstr("fp16"), HasSubstr("ema")));
}

TEST_F(Import, AVariantInSeveralFilesIsOpenedToo) {
  const json index = split();
  fs::rename(unet / kList, unet / "diffusion_pytorch_model.safetensors.index.fp16.json");
  expect_same_weights();
}

TEST_F(Import, WeightsOfOtherPrecisionsBecomeFloats) {
  for (const DType dtype : {DType::kF64, DType::kF16, DType::kBF16}) {
    save_weights(*net, unet / kFile, dtype);
    const ModelFolder model = read_model(path);
    for (const auto& item : model.net->named_parameters()) {
      EXPECT_EQ(item.value().scalar_type(), torch::kFloat);
      EXPECT_LE(largest_difference(item.value(), net->named_parameters()[item.key()]), 0.005);
    }
  }
}

TEST_F(Import, TensorsOfNoPartOfTheNetworkAreLeftOutAndListed) {
  Safetensors file = read_safetensors(unet / kFile);
  file.tensors["ema_decay"] = stored({1}, std::vector<float>{0.999f});
  file.tensors["optimizer.steps"] = stored({1}, std::vector<std::int64_t>{7});
  write_safetensors(unet / kFile, file);
  expect_same_weights();
  EXPECT_THAT(read_model(path).notes,
              ElementsAre(AllOf(HasSubstr("2 tensors"), HasSubstr("'ema_decay', 'optimizer.steps'"),
                                HasSubstr("left out"))));
  file.tensors["more"] = file.tensors["conv_in.bias"];
  file.tensors.erase("conv_in.bias");
  write_safetensors(unet / kFile, file);
  EXPECT_THAT(refusal(), AllOf(HasSubstr("Missing: conv_in.bias"), HasSubstr("'ema_decay'")));
}

TEST_F(Import, WeightsThatShareNoNameAreAnotherNetworks) {
  const Safetensors file = read_safetensors(unet / kFile);
  Safetensors other;
  for (const auto& [name, tensor] : file.tensors) other.tensors["encoder." + name] = tensor;
  write_safetensors(unet / kFile, other);
  EXPECT_THAT(refusal(), HasSubstr("those of another network"));
}

// As torch.compile and DataParallel leave them, or both.
TEST_F(Import, WrappingsAreStrippedFromNames) {
  const Safetensors file = read_safetensors(unet / kFile);
  for (const std::string wrapping :
       {"_orig_mod.", "module.", "module._orig_mod.", "_orig_mod.module."}) {
    Safetensors wrapped;
    for (const auto& [name, tensor] : file.tensors) wrapped.tensors[wrapping + name] = tensor;
    write_safetensors(unet / kFile, wrapped);
    expect_same_weights();
    EXPECT_THAT(read_model(path).notes,
                ElementsAre(AllOf(HasSubstr("'_orig_mod.'"),
                                  HasSubstr(std::to_string(file.tensors.size()) + " tensors"))));
  }
}

TEST_F(Import, AWrappedTensorNeverTakesThePlaceOfAPlainOne) {
  Safetensors file = read_safetensors(unet / kFile);
  StoredTensor& other = file.tensors["module.conv_in.bias"] = file.tensors["conv_in.bias"];
  other.bytes.assign(other.bytes.size(), 'x');
  write_safetensors(unet / kFile, file);
  expect_same_weights();
}

TEST_F(Import, PartsOfANetworkMayHaveBeenCompiledAlone) {
  Safetensors file = read_safetensors(unet / kFile), compiled;
  for (const auto& [name, tensor] : file.tensors)
    compiled
        .tensors[name.starts_with("mid_block.") ? "mid_block._orig_mod." + name.substr(10) : name] =
        tensor;
  write_safetensors(unet / kFile, compiled);
  expect_same_weights();
}

TEST_F(Import, NumbersThatAreNotFiniteAreNotedByTensor) {
  for (const float bad : {NAN, INFINITY, -INFINITY}) {
    Safetensors file = read_safetensors(unet / kFile);
    std::memcpy(file.tensors["conv_in.bias"].bytes.data() + 4, &bad, sizeof bad);
    write_safetensors(unet / kFile, file);
    const ModelFolder model = read_model(path);
    EXPECT_FALSE(model.is_finite);
    EXPECT_THAT(model.notes, ElementsAre(AllOf(HasSubstr("NaN"), HasSubstr("1 of "),
                                               HasSubstr("conv_in.bias"))));
  }
}

TEST_F(Import, WeightsWhoseSumIsTooLargeAreFiniteAllTheSame) {
  Safetensors file = read_safetensors(unet / kFile);
  file.tensors["conv_in.bias"] = stored({8}, std::vector<float>(8, 3e38f));
  write_safetensors(unet / kFile, file);
  EXPECT_TRUE(read_model(path).is_finite);
}

TEST_F(Import, PicklesAreNamedAndNeverOpened) {
  for (const std::string pickle : {"diffusion_pytorch_model.bin", "model.pt", "model.pth",
                                   "model.ckpt", "diffusion_pytorch_model.fp16.bin"}) {
    fs::remove(unet / kFile);
    write_file(unet / pickle, "cos\nsystem\n(S'touch hacked'\ntR.");
    EXPECT_THAT(refusal(),
                AllOf(HasSubstr((unet / pickle).string()), HasSubstr("run any code"),
                      HasSubstr("from_pretrained(folder)"), HasSubstr("safe_serialization=True")));
    fs::remove(unet / pickle);
  }
}

TEST_F(Import, APickleAloneIsNamedTooInAFolderOrNot) {
  const fs::path pickle = folder / "alone.ckpt";
  write_file(pickle, "pickle");
  EXPECT_THAT(refusal_of(pickle), AllOf(HasSubstr("alone.ckpt"), HasSubstr("run any code")));
  EXPECT_THAT(refusal_of(folder.path()), AllOf(HasSubstr("alone.ckpt"), HasSubstr("run any code")));
}

// As google/ddpm-cifar10-32 and its like are.
TEST_F(Import, OlderPipelinesKeepAllInOneFolder) {
  for (const auto& [part, file] : {std::pair{"unet", kFile}, std::pair{"unet", "config.json"},
                                   std::pair{"scheduler", "scheduler_config.json"}})
    fs::rename(path / part / file, path / file);
  fs::remove_all(unet);
  fs::remove_all(path / "scheduler");
  expect_same_weights();
  EXPECT_EQ(read_model(path).scheduler.class_name, "EDMEulerScheduler");
  fs::remove(path / "model_index.json");
  expect_same_weights();
  EXPECT_EQ(read_model(path).scheduler.class_name, "EDMEulerScheduler");
}

TEST_F(Import, APipelineOfANetworkAndASchedulerMayHaveAnyName) {
  for (const std::string name :
       {R"("DDPMPipeline")", R"("DDIMPipeline")", R"("PNDMPipeline")", R"("ScoreSdeVePipeline")",
        R"("KarrasVePipeline")", R"(["pipeline", "MyOwn"])", "null"}) {
    write_file(path / "model_index.json", R"({"_class_name": )" + name + R"(,
        "unet": ["diffusers", "UNet2DModel"], "safety_checker": [null, null],
        "scheduler": ["diffusers", "DDPMScheduler"]})");
    EXPECT_EQ(refusal(), "") << name;
  }
}

TEST_F(Import, WhatIsUnknownIsListed) {
  write_file(path / "model_index.json", R"({"_class_name": "DDPMPipeline", "_bookkeeping": 1,
      "unet": ["diffusers", "UNet2DModel"], "requires_safety_checker": true})");
  json config = json::parse(read_file(unet / "config.json"));
  config["flux_capacitor"] = 1.21;
  write_file(unet / "config.json", config.dump());
  EXPECT_THAT(read_model(path).unknown_keys,
              ElementsAre("flux_capacitor", "model_index.json: requires_safety_checker"));
}

TEST_F(Import, PipelinesThatNeedMoreAreRefusedByTheComponent) {
  const auto with = [&](const std::string& pipeline, const std::string& component) {
    write_file(path / "model_index.json", R"({"_class_name": ")" + pipeline + R"(",
        "unet": ["diffusers", "UNet2DModel"], )" +
                                              component + "}");
    return refusal();
  };
  EXPECT_THAT(with("LDMPipeline", R"("vqvae": ["diffusers", "VQModel"])"),
              AllOf(HasSubstr("LDMPipeline"), HasSubstr("'vqvae' ('VQModel')"),
                    HasSubstr("work on pixels")));
  EXPECT_THAT(with("MyPipeline", R"("text_encoder": ["transformers", "CLIPTextModel"])"),
              HasSubstr("'text_encoder' ('CLIPTextModel')"));
  EXPECT_THAT(with("MyPipeline", R"("vae": ["diffusers", 3])"), HasSubstr("vae is"));
}

TEST_F(Import, NetworksOfOtherClassesAreRefusedByName) {
  for (const std::string type :
       {"UNet2DConditionModel", "AutoencoderKL", "DiTTransformer2DModel", "VQModel"}) {
    write_file(unet / "config.json", R"({"_class_name": ")" + type + "\"}");
    EXPECT_THAT(refusal(), AllOf(HasSubstr(type), HasSubstr("the class UNet2DModel")));
  }
  write_file(unet / "config.json", R"({"model_type": "clip_text_model"})");
  EXPECT_THAT(refusal(), HasSubstr("clip_text_model"));
}

TEST_F(Import, BlocksThisProgramLacksAreRefusedByName) {
  json config = json::parse(read_file(unet / "config.json"));
  config["down_block_types"] = {"KDownBlock2D"};  // Of the latent upscaler.
  write_file(unet / "config.json", config.dump());
  EXPECT_THAT(refusal(), AllOf(HasSubstr("config.json"), HasSubstr("KDownBlock2D"),
                               HasSubstr("AttnDownBlock2D")));
}

}  // namespace
}  // namespace stepwise
