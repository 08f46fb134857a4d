#include "model/folder.h"

#include "error.h"
#include "image/file.h"
#include "model/json.h"
#include "model/weights.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kJsonLimit = std::size_t{64} << 20;
constexpr const char* kWeightsFile = "diffusion_pytorch_model.safetensors";

std::string read_text(const fs::path& path) { return read_file(path, kJsonLimit); }

// The folder with config.json and the weights: unet/ of a pipeline, or the folder itself.
fs::path network_folder(const fs::path& path) {
  require(fs::is_directory(path), "There is no model in '", path.string(),
          "': it is not a folder. Choose a folder in the format of diffusers.");
  if (fs::exists(path / "unet" / "config.json")) return path / "unet";
  require(fs::exists(path / "config.json"), "There is no model in '", path.string(),
          "': it has neither unet/config.json nor config.json. Choose a folder in the format of "
          "diffusers.");
  return path;
}

SchedulerInfo read_scheduler(const fs::path& path) {
  const fs::path file = path / "scheduler" / "scheduler_config.json";
  if (fs::exists(file)) return scheduler_info_of(read_text(file), file.string());
  SchedulerInfo none;
  none.class_name.clear();
  return none;
}

void make_folder(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  require(!error, "Cannot make the folder '", path.string(), "': ", error.message(),
          ". Choose another place for the model.");
}

// A run may bring its own folder up to date; another model in it is somebody's work.
void require_same_shape(const fs::path& path, const UNet2DConfig& config) {
  const fs::path file = path / "unet" / "config.json";
  if (!fs::exists(file)) return;
  require(unet_config_of(read_text(file), file.string()) == config, "The folder '", path.string(),
          "' holds a model of another shape, which is not overwritten. Choose another folder.");
}

std::string model_index(const SchedulerInfo& scheduler) {
  const nlohmann::json index = {{"_class_name", "DDPMPipeline"},
                                {"_diffusers_version", kDiffusersVersion},
                                {"scheduler", {"diffusers", scheduler.class_name}},
                                {"unet", {"diffusers", "UNet2DModel"}}};
  return index.dump(2) + "\n";
}

}  // namespace

ModelFolder read_model(const fs::path& path) {
  const fs::path network = network_folder(path), config_file = network / "config.json";
  ModelFolder model;
  model.path = path;
  const UNet2DConfig config =
      unet_config_of(read_text(config_file), config_file.string(), &model.unknown_keys);
  model.scheduler = read_scheduler(path);
  const fs::path info = path / "stepwise.json";
  if (fs::exists(info)) model.info = stepwise_info_of(read_text(info), info.string());
  model.net = UNet2DModel(config);
  load_weights(*model.net, network / kWeightsFile);
  model.net->eval();
  return model;
}

void write_model(const fs::path& path, const UNet2DModel& net, const SchedulerInfo& scheduler,
                 const StepwiseInfo& info, DType floats) {
  require_same_shape(path, net->config);
  make_folder(path / "unet");
  save_weights(*net, path / "unet" / kWeightsFile, floats);
  if (!scheduler.class_name.empty()) {
    make_folder(path / "scheduler");
    write_file(path / "scheduler" / "scheduler_config.json", json_of(scheduler));
  }
  write_file(path / "stepwise.json", json_of(info));
  write_file(path / "unet" / "config.json", json_of(net->config));  // Makes it a model.
  if (!scheduler.class_name.empty()) write_file(path / "model_index.json", model_index(scheduler));
}

}  // namespace stepwise
