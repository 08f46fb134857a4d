// Where models lie on people's disks: caches, checkpoints and the folders of other programs.
#include "formats/layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "error.h"
#include "error_of.h"
#include "image/file.h"
#include "model/fixtures.h"
#include "model/small_net.h"

namespace stepwise {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
namespace fs = std::filesystem;

class LayoutTest : public testing::Test {
 protected:
  LayoutTest() {
    const SchedulerInfo scheduler =
        scheduler_info_of(R"({"_class_name": "DDPMScheduler"})", "scheduler_config.json");
    write_model(out, net, scheduler, StepwiseInfo{});
    fs::remove(out / "stepwise.json");
  }

  // The folders that accelerate makes of a network: config and weights, nothing else.
  void put_network(const fs::path& to) { fs::copy(out / "unet", to, fs::copy_options::recursive); }

  static std::string refusal_of(const fs::path& path) {
    return error_of([&] { read_model(path); });
  }

  ModelFolder expect_model(const fs::path& path) {
    ModelFolder model = read_model(path);
    EXPECT_EQ(state_of(*model.net), state_of(*net));
    EXPECT_EQ(model.scheduler.class_name, "DDPMScheduler");
    return model;
  }

  const TemporaryFolder folder;
  const fs::path out = folder / "out", checkpoint = out / "checkpoint-500";
  const UNet2DModel net = UNet2DModel(small_config());
};

TEST_F(LayoutTest, ANetworkAloneTakesTheSchedulerOfThePipelineAbove) {
  const ModelFolder model = expect_model(out / "unet");
  EXPECT_THAT(model.notes, ElementsAre(HasSubstr("scheduler_config.json")));
  EXPECT_THAT(expect_model(out / "unet" / "").notes, ElementsAre(HasSubstr("folder above")));
  EXPECT_THAT(expect_model(out).notes, IsEmpty());
}

TEST_F(LayoutTest, ACheckpointTakesTheSchedulerOfThePipelineAbove) {
  fs::create_directories(checkpoint);
  put_network(checkpoint / "unet");
  for (const char* file : {"scheduler.bin", "optimizer.bin", "random_states_0.pkl"})
    write_file(checkpoint / file, "\x80\x02");
  EXPECT_THAT(expect_model(checkpoint).notes, ElementsAre(HasSubstr("folder above")));
  EXPECT_THAT(expect_model(checkpoint / "unet").notes, ElementsAre(HasSubstr("folder above")));
}

TEST_F(LayoutTest, AWayThatIsRelativeHasFoldersAboveToo) {
  fs::create_directories(checkpoint);
  put_network(checkpoint / "unet");
  const fs::path before = fs::current_path();
  fs::current_path(checkpoint / "unet");
  expect_model(".");
  fs::current_path(checkpoint);
  expect_model("unet");
  fs::current_path(before);
}

TEST_F(LayoutTest, AveragedWeightsAreTakenWhereThereAreNoOthers) {
  fs::create_directories(checkpoint);
  put_network(checkpoint / "unet_ema");
  EXPECT_THAT(expect_model(checkpoint).notes, Contains(HasSubstr("averaged ones of unet_ema/")));
  put_network(checkpoint / "unet");
  EXPECT_THAT(expect_model(checkpoint).notes,
              Contains(AllOf(HasSubstr("those of unet/"), HasSubstr("unet_ema/"))));
  expect_model(checkpoint / "unet_ema");
}

TEST_F(LayoutTest, WeightsMayHaveAcceleratesName) {
  fs::rename(out / "unet" / kWeights, out / "unet" / kAccelerateWeights);
  expect_model(out);
}

TEST_F(LayoutTest, WeightsOfAccelerateAloneTakeTheConfigOfThePipelineAbove) {
  fs::create_directories(checkpoint);
  fs::copy_file(out / "unet" / kWeights, checkpoint / kAccelerateWeights);
  EXPECT_THAT(expect_model(checkpoint).notes, Contains(HasSubstr("config is that of the folder")));
}

TEST_F(LayoutTest, WithoutASchedulerAboveThereIsNone) {
  fs::rename(out / "unet", folder / "alone");
  EXPECT_EQ(read_model(folder / "alone").scheduler.class_name, "");
}

// refs/main names a snapshot, whose files are links to blobs.
TEST_F(LayoutTest, TheHubsCacheIsOpenedThroughItsReference) {
  const fs::path cache = folder / "models--someone--thing", snapshot = cache / "snapshots" / "4f5e";
  fs::create_directories(cache / "blobs");
  fs::create_directories(cache / "refs");
  fs::create_directories(snapshot / "unet");
  fs::create_directories(snapshot / "scheduler");
  int blobs = 0;
  for (const std::string file :
       {"model_index.json", "unet/config.json", "unet/diffusion_pytorch_model.safetensors",
        "scheduler/scheduler_config.json"}) {
    const fs::path blob = cache / "blobs" / std::to_string(blobs++);
    fs::copy_file(out / file, blob);
    fs::create_symlink(fs::relative(blob, (snapshot / file).parent_path()), snapshot / file);
  }
  EXPECT_THAT(expect_model(cache).notes, ElementsAre(HasSubstr("snapshot 4f5e")));  // The only one.
  fs::create_directories(cache / "snapshots" / "0000");
  EXPECT_THAT(refusal_of(cache), HasSubstr("2 snapshots"));
  write_file(cache / "refs" / "main", "4f5e");
  expect_model(cache);
  expect_model(snapshot);
  EXPECT_THAT(refusal_of(folder.path()), HasSubstr("models--"));
  for (const std::string elsewhere : {"../../../out", "/etc", "..", "", "1234"}) {
    write_file(cache / "refs" / "main", elsewhere);
    EXPECT_THAT(refusal_of(cache), HasSubstr("snapshot")) << elsewhere;
  }
}

TEST_F(LayoutTest, FilesThatAreSomethingElseSayWhat) {
  const auto with = [&](const char* file, const std::string& bytes) {
    const fs::path path = out / file;
    const std::string before = read_file(path);
    write_file(path, bytes);
    const std::string told = refusal_of(out);
    write_file(path, before);
    EXPECT_THAT(told, HasSubstr(path.string()));
    return told;
  };
  const std::string pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d\nsize 9\n";
  const std::string page = "<!DOCTYPE html><html>";
  const std::string config = R"({"_class_name": "UNet2DModel", "sample_size": 28})";
  const char* weights = "unet/diffusion_pytorch_model.safetensors";
  EXPECT_THAT(with(weights, pointer), HasSubstr("Git LFS pointer"));
  EXPECT_THAT(with(weights, page), HasSubstr("web page"));
  EXPECT_THAT(with(weights, config), HasSubstr("JSON"));
  EXPECT_THAT(with(weights, std::string("PK\x03\x04", 4) + page), HasSubstr("zip archive"));
  EXPECT_THAT(with(weights, "\x80\x04\x95 pickle"), HasSubstr("pickle"));
  EXPECT_THAT(with(weights, ""), HasSubstr("empty"));
  for (const char* file :
       {"model_index.json", "unet/config.json", "scheduler/scheduler_config.json"}) {
    EXPECT_THAT(with(file, pointer), HasSubstr("Git LFS pointer"));
    EXPECT_THAT(with(file, page), HasSubstr("web page"));
    EXPECT_THAT(with(file, ""), HasSubstr("empty"));
    EXPECT_THAT(with(file, read_file(out / weights)), HasSubstr("safetensors"));
  }
}

TEST_F(LayoutTest, WeightsInOtherFormatsSayHowTheyBecomeSome) {
  fs::remove(out / "unet" / kWeights);
  write_file(out / "unet" / "model.onnx", std::string("\x08\x07\x12\x07pytorch\x1a\x05", 13));
  EXPECT_THAT(refusal_of(out), AllOf(HasSubstr("model.onnx"), HasSubstr("ONNX")));
  fs::remove(out / "unet" / "model.onnx");
  write_file(out / "unet" / "unet.gguf", "GGUF123456789");
  EXPECT_THAT(refusal_of(out), AllOf(HasSubstr("unet.gguf"), HasSubstr("GGUF")));
}

// Of the weights and the states beside them, the weights are named.
TEST_F(LayoutTest, OfManyPicklesTheWeightsAreNamed) {
  fs::create_directories(checkpoint);
  for (const char* file : {"optimizer.bin", "pytorch_model.bin", "scheduler.bin"})
    write_file(checkpoint / file, "\x80\x02");
  EXPECT_THAT(refusal_of(checkpoint), HasSubstr("pytorch_model.bin"));
}

TEST_F(LayoutTest, ATildeIsNoFolder) {
  EXPECT_THAT(refusal_of("~/nosuch"), AllOf(HasSubstr("no such folder"), HasSubstr("shell")));
}

TEST_F(LayoutTest, AFolderThatMayNotBeEnteredIsNotCalledMissing) {
  if (::geteuid() == 0) GTEST_SKIP() << "nothing is forbidden to this user";
  fs::permissions(out, fs::perms::none);
  EXPECT_THAT(refusal_of(out), HasSubstr("Permission denied"));
  EXPECT_THAT(refusal_of(out / "unet"), HasSubstr("Permission denied"));
  fs::permissions(out, fs::perms::owner_all);
}

TEST_F(LayoutTest, ANameThatCannotBeIsNotCalledMissing) {
  EXPECT_THAT(refusal_of(out / std::string(5000, 'x')), HasSubstr("name too long"));
  fs::create_symlink("round", out / "round");
  EXPECT_THAT(refusal_of(out / "round"), HasSubstr("Too many levels of symbolic links"));
}

}  // namespace
}  // namespace stepwise
