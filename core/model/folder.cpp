#include "model/folder.h"

#include <algorithm>
#include <iterator>

#include "error.h"
#include "formats/layout.h"
#include "formats/safetensors_header.h"
#include "formats/weight_files.h"
#include "image/file.h"
#include "model/weights.h"
#include "settings/json.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t kMaxConfig = std::size_t{1} << 20;  // Bytes.

// What a config says it is; those of transformers have no class, but a type.
void check_class(const std::string& config, const std::string& name) {
  const json object = parse_object(config, name);
  ObjectReader reader(object, name);
  std::string type = "UNet2DModel";
  reader.read("model_type", type);
  reader.read("_class_name", type);
  require(type == "UNet2DModel", "'", name, "' describes a ", in_quotes(type),
          ". This program opens networks of the class UNet2DModel, which work on pixels.");
}

// A config costs nothing to write, its network much to build: the weights must be there for it, and
// numbers of less than two bytes are no weights.
void check_size(const UNet2DConfig& config, const WeightFiles& weights, const fs::path& file) {
  std::int64_t elements = 0;
  for (const auto& [name, place] : weights.tensors())
    if (is_float(place.dtype)) elements += place.numel();
  const std::int64_t wanted = parameter_count(config);
  require(elements >= wanted, "'", file.string(), "' describes a network of ", wanted,
          " parameters, but '", weights.name(), "' holds ", elements,
          ". The two do not belong together.");
}

void check_classes(const UNet2DConfig& config, const StepwiseInfo& info, const fs::path& file) {
  const std::int64_t classes = config.num_class_embeds.value_or(0);
  require(std::int64_t(info.class_names.size()) <= classes && info.null_class < classes, "'",
          file.string(), "' names ", info.class_names.size(), " classes and the null class ",
          info.null_class, ", but the network has ", classes, " in all.");
}

void read_own_file(const fs::path& file, const UNet2DConfig& config, ModelFolder& model) {
  model.is_ours = is_there(file);
  if (!model.is_ours) return;
  model.info = stepwise_info_of(read_file(file, kMaxInfo), file.string());
  check_classes(config, model.info, file);
}

// Opened all the same: what the numbers spoil may not be what is asked for.
void note_numbers_not_finite(ModelFolder& model, const std::string& told) {
  model.is_finite = told.empty();
  if (!model.is_finite)
    model.notes.push_back(told +
                          " Pictures are likely to fail: copy the model once more, or go "
                          "back to an earlier checkpoint.");
}

void check_replaceable(const fs::path& config, const UNet2DModel& net) {
  if (!is_there(config)) return;
  require(unet_config_of(read_file(config, kMaxConfig), config.string()) == net->config, "'",
          config.string(), "' belongs to a model of another shape. Choose another folder.");
}

SchedulerInfo scheduler_at(const fs::path& file) {
  if (!is_there(file)) return guessed_scheduler();
  return scheduler_info_of(read_file(file, kMaxConfig), file.string());
}

void make_folder(const fs::path& path) {
  std::error_code failed;
  fs::create_directories(path, failed);
  require(!failed, "Cannot make the folder '", path.string(), "': ", failed.message(), ".");
}

// Without a scheduler it is no pipeline of diffusers, but says which network there is.
std::string index_text(const SchedulerInfo& scheduler) {
  const std::string& name = scheduler.class_name;
  json index = {{"_class_name", name.empty()              ? "ColdDiffusionPipeline"
                                : name == "DDIMScheduler" ? "DDIMPipeline"
                                                          : "DDPMPipeline"},
                {"_diffusers_version", kDiffusersVersion},
                {"unet", json::array({"diffusers", "UNet2DModel"})}};
  if (!name.empty()) index["scheduler"] = json::array({"diffusers", name});
  return index.dump(2) + "\n";
}

}  // namespace

ModelReader::ModelReader(const fs::path& path) {
  Layout layout = layout_of(path);
  const std::string config_file = layout.config.string();
  const std::string config_text = read_file(layout.config, kMaxConfig);
  check_class(config_text, config_file);

  ModelFolder& model = model_;
  model.path = path;
  const UNet2DConfig config = unet_config_of(config_text, config_file, &model.unknown_keys);
  std::ranges::move(layout.unknown_keys, std::back_inserter(model.unknown_keys));
  model.notes = std::move(layout.notes);
  read_own_file(layout.root / kInfo, config, model);
  if (has_severity(model.info.degradation))
    model.scheduler.class_name.clear();
  else
    model.scheduler = scheduler_at(layout.scheduler);
  for (const std::string& key : model.scheduler.unknown)
    model.unknown_keys.push_back(std::string(kScheduler) + ": " + key);
  if (!model.unknown_keys.empty())
    model.notes.push_back("These keys mean nothing and are ignored; are they spelt as you wish? " +
                          listed(model.unknown_keys) + ".");
  if (!model.scheduler.stand_in.empty()) model.notes.push_back(model.scheduler.stand_in);
  WeightFiles weights(weights_in(layout.weights));
  check_size(config, weights, layout.config);
  model.net = UNet2DModel(config);
  weights_.emplace(*model.net, std::move(weights));
}

ModelFolder ModelReader::take() {
  std::ranges::copy(weights_->notes(), std::back_inserter(model_.notes));
  model_.net->eval();
  note_numbers_not_finite(model_, weights_->told_of_numbers());
  return std::move(model_);
}

ModelFolder read_model(const fs::path& path) {
  ModelReader reader(path);
  reader.step();
  return reader.take();
}

void write_model(const fs::path& path, const UNet2DModel& net, const SchedulerInfo& scheduler,
                 const StepwiseInfo& info, DType floats) {
  const fs::path unet = path / "unet";
  const bool has_scheduler = !scheduler.class_name.empty();
  std::error_code ignored;
  check_replaceable(unet / kConfig, net);
  make_folder(unet);
  save_weights(*net, unet / kWeights, floats);
  fs::remove(unet / kWeightsIndex, ignored);  // diffusers would read those it lists instead.
  if (has_scheduler) {
    make_folder(path / "scheduler");
    write_file(path / "scheduler" / kScheduler, json_of(scheduler));
  }
  write_file(path / kInfo, json_of(info));
  write_file(unet / kConfig, json_of(net->config));  // Makes it a model.
  if (has_scheduler || has_severity(info.degradation))
    write_file(path / kIndex, index_text(scheduler));
}

}  // namespace stepwise
