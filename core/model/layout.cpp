#include "model/layout.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "error.h"
#include "image/file.h"
#include "model/json.h"
#include "model/safetensors_header.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t kMaxIndex = std::size_t{1} << 20;  // Bytes.
constexpr std::string_view kSupported =
    ". This program opens pipelines of a UNet2DModel and its scheduler, such as DDPMPipeline: "
    "networks that work on pixels.";

// What a component of a pipeline is: the class in its [library, class], empty where it is left out.
std::string class_of(ObjectReader& reader, const std::string& component) {
  const json* value = reader.find(component.c_str());
  if (!value) return "";
  if (!value->is_array() || value->size() != 2)
    reader.refuse(component.c_str(), *value, "[library, class]");
  const json& type = (*value)[1];
  if (!type.is_null() && !type.is_string())
    reader.refuse(component.c_str(), *value, "[library, class]");
  return type.is_null() ? "" : type.get<std::string>();
}

// The pipeline's own class: a text, or [file, class] where it is somebody's own.
std::string pipeline_of(const json& index) {
  const auto found = index.find("_class_name");
  if (found == index.end()) return "a pipeline";
  const json& name = found->is_array() && !found->empty() ? found->back() : *found;
  return name.is_string() ? shown(name.get<std::string>()) : "a pipeline";
}

// Other pipelines need more than one network, or another; better said before anything is read. What
// is no component is told to `unknown`.
void check_index(const fs::path& file, std::vector<std::string>& unknown) {
  const json index = parse_object(read_file(file, kMaxIndex), file.string());
  ObjectReader reader(index, file.string());
  const std::string network = class_of(reader, "unet"), pipeline = pipeline_of(index);
  class_of(reader, "scheduler");
  for (const std::string& key : reader.unread()) {
    const json* value = reader.find(key.c_str());
    if (!value) continue;
    if (!value->is_array() || value->size() != 2) {
      unknown.push_back(std::string(kIndex) + ": " + key);
      continue;
    }
    const std::string type = class_of(reader, key);
    require(type.empty(), "'", file.string(), "' describes ", pipeline, ", which also needs ",
            shown(key), " (", shown(type), ")", kSupported);
  }
  require(network == "UNet2DModel", "'", file.string(), "' describes ", pipeline, " with ",
          network.empty() ? "no U-Net" : "the network " + shown(network), kSupported);
}

// Names in the folder, sorted, so that what is chosen and said does not depend on the disk.
std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code failed;
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed))
    names.push_back(at->path().filename().string());
  std::ranges::sort(names);
  return names;
}

bool is_pickle(std::string_view name) {
  constexpr std::array<std::string_view, 6> kEndings = {".bin",  ".pt",  ".pth",
                                                        ".ckpt", ".pkl", ".pickle"};
  return std::ranges::any_of(kEndings, [&](std::string_view e) { return name.ends_with(e); });
}

[[noreturn]] void refuse_pickle(const fs::path& file) {
  throw Error(text_of("Cannot open '", file.string(),
                      "': it is a pickle, and reading one can run any code. ",
                      "If you trust it, convert it in Python with diffusers: model = ",
                      "UNet2DModel.from_pretrained(folder), then ",
                      "model.save_pretrained(new_folder, safe_serialization=True)."));
}

void refuse_pickles_in(const fs::path& folder) {
  for (const std::string& name : names_in(folder))
    if (is_pickle(name)) refuse_pickle(folder / name);
}

// "diffusion_pytorch_model.fp16.safetensors", or the index of such files.
bool is_variant(std::string_view name) {
  constexpr std::string_view kStem = "diffusion_pytorch_model.";
  const bool is_index = name.find(".safetensors.index.") != std::string_view::npos;
  const bool is_shard = name.find("-of-") != std::string_view::npos;
  return name.starts_with(kStem) && !is_shard &&
         (name.ends_with(".safetensors") || (is_index && name.ends_with(".json")));
}

[[noreturn]] void refuse_no_model(const fs::path& path) {
  const std::string where = "There is no model in '" + path.string() + "': ";
  std::error_code ignored;
  if (!fs::is_directory(path, ignored)) {
    if (is_pickle(path.filename().string())) refuse_pickle(path);
    throw Error(where + (is_there(path) ? "it is a file. Choose the folder it lies in."
                                        : "there is no such folder."));
  }
  refuse_pickles_in(path);
  throw Error(text_of(where, "neither ", kIndex, " nor ", kConfig,
                      " is there. Choose a folder in the format of diffusers."));
}

}  // namespace

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

Layout layout_of(const fs::path& folder) {
  Layout layout;
  const bool is_pipeline = is_there(folder / kIndex);
  if (is_pipeline) check_index(folder / kIndex, layout.unknown_keys);
  const auto part = [&](const char* name, const char* file) {
    return is_there(folder / name / file) ? folder / name : folder;
  };
  layout.network = part("unet", kConfig);
  layout.scheduler = part("scheduler", kScheduler) / kScheduler;
  if (is_there(layout.network / kConfig)) return layout;
  if (!is_pipeline) refuse_no_model(folder);
  throw Error(text_of("There is no model in '", folder.string(), "': ", kIndex,
                      " is there, but no unet/", kConfig, ". Copy the folder once more."));
}

fs::path weights_in(const fs::path& folder) {
  for (const char* name : {kWeights, kWeightsIndex})
    if (is_there(folder / name)) return folder / name;
  std::vector<std::string> variants = names_in(folder);
  std::erase_if(variants, [](const std::string& name) { return !is_variant(name); });
  if (variants.size() == 1) return folder / variants[0];
  std::string names;
  for (const std::string& name : variants) names += (names.empty() ? "" : ", ") + name;
  require(variants.empty(), "There are several variants of the weights in '", folder.string(),
          "': ", names, ". Name the one to use ", kWeights, ".");
  refuse_pickles_in(folder);
  throw Error(
      text_of("There are no weights: '", (folder / kWeights).string(),
              "' is not there. Copy the folder once more, or save the model in Python with ",
              "save_pretrained(folder, safe_serialization=True)."));
}

}  // namespace stepwise
