#include "formats/layout.h"

#include <optional>
#include <string_view>

#include "error.h"
#include "formats/layout_parts.h"
#include "formats/safetensors_header.h"
#include "image/file.h"
#include "settings/impostor.h"
#include "settings/json.h"

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
  return name.is_string() ? in_quotes(name.get<std::string>()) : "a pipeline";
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
            in_quotes(key), " (", in_quotes(type), ")", kSupported);
  }
  require(network == "UNet2DModel", "'", file.string(), "' describes ", pipeline, " with ",
          network.empty() ? "no U-Net" : "the network " + in_quotes(network), kSupported);
}

// What is said of a folder, or a file, that is no model.
[[noreturn]] void refuse_no_model(const fs::path& path) {
  const std::string where = "There is no model in '" + path.string() + "': ";
  std::error_code ignored;
  require(is_there(path), where, "there is no such folder.", home_hint(path));
  if (!fs::is_directory(path, ignored)) {
    refuse_other_weights(path);
    throw Error(where + "it is a file. Choose the folder it lies in.");
  }
  refuse_other_weights(path);
  require(!holds_hub_models(path), where,
          "it holds the Hugging Face hub's models. Choose one of its folders, ", "models--...");
  throw Error(text_of(where, "neither ", kIndex, " nor ", kConfig,
                      " is there. Choose a folder in the format of diffusers."));
}

// Where people's folder leads to: in the cache of the hub, to the snapshot that is named main.
fs::path root_of(const fs::path& folder, std::vector<std::string>& notes) {
  if (is_there(folder / kIndex) || is_there(folder / kConfig)) return folder;
  const std::optional<fs::path> snapshot = hub_snapshot_in(folder);
  if (!snapshot) return folder;
  notes.push_back(text_of("The folder is one of the Hugging Face hub's cache: its snapshot ",
                          snapshot->filename().string(), " was opened."));
  return *snapshot;
}

// unet/, or averaged weights where there are no others; older pipelines keep all in one folder.
fs::path network_in(const fs::path& root, std::vector<std::string>& notes) {
  const bool plain = is_there(root / "unet" / kConfig),
             averaged = is_there(root / "unet_ema" / kConfig);
  if (plain && averaged)
    notes.push_back(
        "The weights are those of unet/. Averaged ones, which often draw better "
        "pictures, lie in unet_ema/: open that folder to use them.");
  if (!plain && averaged) notes.push_back("The weights are the averaged ones of unet_ema/.");
  return plain ? root / "unet" : averaged ? root / "unet_ema" : root;
}

// The folder and the two above it: those of out/checkpoint-500/unet.
std::vector<fs::path> with_those_above(const fs::path& folder) {
  std::error_code ignored;
  fs::path at = fs::absolute(folder, ignored).lexically_normal();
  if (!at.has_filename()) at = at.parent_path();
  std::vector<fs::path> all{folder};
  for (int i = 0; i < 2 && at != at.parent_path(); ++i) all.push_back(at = at.parent_path());
  return all;
}

// One that may not be looked at is as good as none: it was not asked for.
bool is_plainly_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

// The first of these that is there, in the folder or one above; empty if none is.
fs::path found_above(const fs::path& folder, const std::vector<fs::path>& names,
                     const std::string& what, std::vector<std::string>& notes) {
  const std::vector<fs::path> places = with_those_above(folder);
  for (std::size_t i = 0; i < places.size(); ++i)
    for (const fs::path& name : names) {
      const fs::path file = places[i] / name;
      if (!is_plainly_there(file)) continue;
      if (i > 0)
        notes.push_back(text_of(what, " is that of the folder above, '", file.string(), "'."));
      return file;
    }
  return {};
}

}  // namespace

bool is_there(const fs::path& path) {
  std::error_code failed;
  const fs::file_status status = fs::status(path, failed);
  require(status.type() == fs::file_type::not_found || !failed, "Cannot look at '", path.string(),
          "': ", failed.message(), ".");
  return fs::exists(status);
}

Layout layout_of(const fs::path& folder) {
  Layout layout;
  layout.root = root_of(folder, layout.notes);
  const fs::path& root = layout.root;
  const fs::path pipeline = root / "scheduler" / kScheduler, flat = root / kScheduler;
  const bool is_pipeline = is_there(root / kIndex);
  if (is_pipeline) check_index(root / kIndex, layout.unknown_keys);
  layout.weights = network_in(root, layout.notes);
  layout.config = layout.weights / kConfig;
  if (is_pipeline) {
    require(is_there(layout.config), "There is no model in '", folder.string(), "': ", kIndex,
            " is there, but no unet/", kConfig, ". Copy the folder once more.");
    layout.scheduler = is_there(pipeline) ? pipeline : is_there(flat) ? flat : fs::path();
    return layout;
  }
  if (!is_there(layout.config)) {
    const bool has_weights = is_there(root / kAccelerateWeights);
    layout.config = has_weights ? found_above(root, {kConfig, fs::path("unet") / kConfig},
                                              "The network's config", layout.notes)
                                : fs::path();
  }
  if (layout.config.empty()) refuse_no_model(folder);
  layout.scheduler = found_above(root, {fs::path("scheduler") / kScheduler, kScheduler},
                                 "The scheduler", layout.notes);
  return layout;
}

}  // namespace stepwise
