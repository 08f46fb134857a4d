#include "model/folder.h"

#include "error.h"
#include "image/file.h"
#include "model/json.h"
#include "model/weights.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t kMaxConfig = std::size_t{1} << 20;  // Bytes.
constexpr std::size_t kMaxInfo = std::size_t{1} << 26;    // Training histories are longer.

constexpr const char* kIndex = "model_index.json";
constexpr const char* kConfig = "config.json";
constexpr const char* kWeights = "diffusion_pytorch_model.safetensors";
constexpr const char* kInfo = "stepwise.json";
constexpr const char* kScheduler = "scheduler_config.json";

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

// "[library, class]" of a component, or an empty text.
std::string class_of(const json& index, const char* component, const std::string& name) {
  ObjectReader reader(index, name);
  const json* value = reader.find(component);
  if (!value) return "";
  if (!value->is_array() || value->size() != 2)
    reader.refuse(component, *value, "[library, class]");
  const json& type = (*value)[1];
  return type.is_string() ? type.get<std::string>() : "";
}

// Other pipelines would need other networks; better said before anything is read.
void check_index(const fs::path& file) {
  const std::string name = file.string();
  const json index = parse_object(read_file(file, kMaxConfig), name);
  const std::string network = class_of(index, "unet", name);
  ObjectReader reader(index, name);
  std::string pipeline = "a pipeline";
  reader.read("_class_name", pipeline);
  require(network == "UNet2DModel", "'", name, "' describes ", pipeline, " with ",
          network.empty() ? "no U-Net" : "the network " + network,
          ". This program opens pipelines with a UNet2DModel, such as DDPMPipeline.");
}

// The folder with config.json and the weights: unet/ of a pipeline, or the folder itself.
fs::path unet_folder(const fs::path& path) {
  if (is_there(path / kIndex)) {
    check_index(path / kIndex);
    return path / "unet";
  }
  if (is_there(path / "unet" / kConfig)) return path / "unet";
  require(is_there(path / kConfig), "There is no model in '", path.string(), "': neither ", kIndex,
          " nor ", kConfig, " is there. Choose a folder in the format of diffusers.");
  return path;
}

void check_class(const std::string& config, const std::string& name) {
  const json object = parse_object(config, name);
  ObjectReader reader(object, name);
  std::string type = "UNet2DModel";
  reader.read("_class_name", type);
  require(type == "UNet2DModel", "'", name, "' describes a ", type,
          ". This program opens networks of the class UNet2DModel.");
}

Safetensors read_weights(const fs::path& folder) {
  if (!is_there(folder / kWeights)) {
    const bool pickled = is_there(folder / "diffusion_pytorch_model.bin");
    const bool sharded = is_there(folder / (std::string(kWeights) + ".index.json"));
    require(
        !pickled && !sharded, "The weights in '", folder.string(), "' are ",
        pickled ? "pickled (.bin), which could run any code" : "split over several files",
        ". Save them once more with diffusers: save_pretrained(folder, safe_serialization=True).");
  }
  Safetensors weights = read_safetensors(folder / kWeights);
  rename_old_keys(weights.tensors);
  return weights;
}

// A config costs nothing to write, its network much to build: the weights must be there for it.
void check_size(const UNet2DConfig& config, const Safetensors& weights, const fs::path& folder) {
  std::int64_t elements = 0;
  for (const auto& [name, tensor] : weights.tensors) elements += tensor.numel();
  const std::int64_t wanted = parameter_count(config);
  require(elements >= wanted, kConfig, " in '", folder.string(), "' describes a network of ",
          wanted, " parameters, but ", kWeights, " beside it holds ", elements,
          ". The two do not belong together.");
}

void check_classes(const UNet2DConfig& config, const StepwiseInfo& info, const fs::path& file) {
  const std::int64_t classes = config.num_class_embeds.value_or(0);
  require(std::int64_t(info.class_names.size()) <= classes && info.null_class < classes, "'",
          file.string(), "' names ", info.class_names.size(), " classes and the null class ",
          info.null_class, ", but the network has ", classes, " in all.");
}

void check_replaceable(const fs::path& config, const UNet2DModel& net) {
  if (!is_there(config)) return;
  require(unet_config_of(read_file(config, kMaxConfig), config.string()) == net->config, "'",
          config.string(), "' belongs to a model of another shape. Choose another folder.");
}

void make_folder(const fs::path& path) {
  std::error_code failed;
  fs::create_directories(path, failed);
  require(!failed, "Cannot make the folder '", path.string(), "': ", failed.message(), ".");
}

std::string index_text(const SchedulerInfo& scheduler) {
  const bool ddim = scheduler.class_name == "DDIMScheduler";
  const json index = {{"_class_name", ddim ? "DDIMPipeline" : "DDPMPipeline"},
                      {"_diffusers_version", kDiffusersVersion},
                      {"scheduler", json::array({"diffusers", scheduler.class_name})},
                      {"unet", json::array({"diffusers", "UNet2DModel"})}};
  return index.dump(2) + "\n";
}

}  // namespace

ModelFolder read_model(const fs::path& path) {
  const fs::path folder = unet_folder(path);
  const fs::path config_file = folder / kConfig;
  const std::string config_text = read_file(config_file, kMaxConfig);
  check_class(config_text, config_file.string());

  ModelFolder model;
  model.path = path;
  const UNet2DConfig config =
      unet_config_of(config_text, config_file.string(), &model.unknown_keys);
  const fs::path scheduler = path / "scheduler" / kScheduler;
  if (is_there(scheduler))
    model.scheduler = scheduler_info_of(read_file(scheduler, kMaxConfig), scheduler.string());
  else
    model.scheduler.class_name.clear();
  model.is_ours = is_there(path / kInfo);
  if (model.is_ours) {
    model.info = stepwise_info_of(read_file(path / kInfo, kMaxInfo), (path / kInfo).string());
    check_classes(config, model.info, path / kInfo);
  }
  const Safetensors weights = read_weights(folder);
  check_size(config, weights, folder);
  model.net = UNet2DModel(config);
  load_state(*model.net, weights.tensors, (folder / kWeights).string());
  model.net->eval();
  return model;
}

void write_model(const fs::path& path, const UNet2DModel& net, const SchedulerInfo& scheduler,
                 const StepwiseInfo& info, DType floats) {
  const fs::path unet = path / "unet";
  const bool is_pipeline = !scheduler.class_name.empty();
  check_replaceable(unet / kConfig, net);
  make_folder(unet);
  save_weights(*net, unet / kWeights, floats);
  if (is_pipeline) {
    make_folder(path / "scheduler");
    write_file(path / "scheduler" / kScheduler, json_of(scheduler));
  }
  write_file(path / kInfo, json_of(info));
  write_file(unet / kConfig, json_of(net->config));  // Makes it a model.
  if (is_pipeline) write_file(path / kIndex, index_text(scheduler));
}

}  // namespace stepwise
