#include <algorithm>
#include <array>
#include <string_view>

#include "error.h"
#include "first_of.h"
#include "formats/layout.h"
#include "formats/layout_parts.h"
#include "image/file.h"
#include "settings/impostor.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

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

// What a file is by its first bytes; empty where that cannot be told.
std::string impostor_at(const fs::path& path) {
  try {
    const InputFile file(path);
    std::string bytes(std::min<std::uint64_t>(file.size(), kImpostorBytes), '\0');
    file.read(0, bytes);
    return impostor_of(bytes, Expected::kSafetensors);
  } catch (const Error&) {
    return "";
  }
}

bool has_ending(std::string_view name, std::initializer_list<std::string_view> endings) {
  return std::ranges::any_of(endings, [&](std::string_view e) { return name.ends_with(e); });
}

// Weights in the formats of other programs.
bool is_foreign(std::string_view name) {
  return has_ending(name, {".onnx", ".gguf", ".h5", ".hdf5", ".keras", ".msgpack", ".tflite"});
}

// "diffusion_pytorch_model.fp16.safetensors", or the index of such files.
bool is_variant(std::string_view name) {
  constexpr std::string_view kStem = "diffusion_pytorch_model.";
  const bool is_index = name.find(".safetensors.index.") != std::string_view::npos;
  const bool is_shard = name.find("-of-") != std::string_view::npos;
  return name.starts_with(kStem) && !is_shard &&
         (name.ends_with(".safetensors") || (is_index && name.ends_with(".json")));
}

}  // namespace

void refuse_other_weights(const fs::path& path) {
  std::error_code ignored;
  const bool is_folder = fs::is_directory(path, ignored);
  std::vector<std::string> names =
      is_folder ? names_in(path) : std::vector{path.filename().string()};
  // Weights before the states of optimisers and of random generators.
  std::ranges::stable_partition(
      names, [](const std::string& name) { return name.find("model") != std::string::npos; });
  const fs::path folder = is_folder ? path : path.parent_path();
  for (const std::string& name : names) {
    if (is_pickle(name)) refuse_pickle(folder / name);
    if (!is_foreign(name) && is_folder) continue;
    const std::string impostor = impostor_at(folder / name);
    require(impostor.empty(), "Cannot open '", (folder / name).string(), "': ", impostor);
  }
}

fs::path weights_in(const fs::path& folder) {
  for (const char* name : {kWeights, kWeightsIndex})
    if (is_there(folder / name)) return folder / name;
  std::vector<std::string> variants = names_in(folder);
  std::erase_if(variants, [](const std::string& name) { return !is_variant(name); });
  if (variants.size() == 1) return folder / variants[0];
  require(variants.empty(), "There are several variants of the weights in '", folder.string(),
          "': ", joined(variants), ". Name the one to use ", kWeights, ".");
  for (const char* name : {kAccelerateWeights, kAccelerateIndex})
    if (is_there(folder / name)) return folder / name;
  refuse_other_weights(folder);
  throw Error(
      text_of("There are no weights: '", (folder / kWeights).string(),
              "' is not there. Copy the folder once more, or save the model in Python with ",
              "save_pretrained(folder, safe_serialization=True)."));
}

}  // namespace stepwise
