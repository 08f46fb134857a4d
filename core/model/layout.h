// Where the parts of a model lie in a folder that diffusers, or this program, wrote. Looks at names
// and at model_index.json only. No torch; any thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace stepwise {

inline constexpr const char* kIndex = "model_index.json";
inline constexpr const char* kConfig = "config.json";
inline constexpr const char* kScheduler = "scheduler_config.json";
inline constexpr const char* kWeights = "diffusion_pytorch_model.safetensors";
inline constexpr const char* kWeightsIndex = "diffusion_pytorch_model.safetensors.index.json";

bool is_there(const std::filesystem::path& path);

struct Layout {
  std::filesystem::path network;          // The folder of config.json and the weights.
  std::filesystem::path scheduler;        // The file, where there is one.
  std::vector<std::string> unknown_keys;  // Of model_index.json.
};

// A pipeline (model_index.json, unet/, scheduler/, or all in one folder, as older ones have it) or
// the folder of a network alone. Throws Error naming what is there in place of a model, or the
// component that makes it more than a network on pixels.
Layout layout_of(const std::filesystem::path& folder);

// The weights in the folder of a network: the safetensors file, else the index of several, else the
// only variant (diffusion_pytorch_model.fp16.safetensors). Throws Error if there are none; those in
// a pickle are refused by name, for reading one can run any code.
std::filesystem::path weights_in(const std::filesystem::path& folder);

}  // namespace stepwise
