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
inline constexpr const char* kInfo = "stepwise.json";               // Our own.
inline constexpr const char* kGaussians = "gaussians.safetensors";  // diffusion/gaussian_file.h.
inline constexpr const char* kFewSteps = "few-steps";  // A folder: session/few_steps.h.
inline constexpr const char* kWeights = "diffusion_pytorch_model.safetensors";
inline constexpr const char* kWeightsIndex = "diffusion_pytorch_model.safetensors.index.json";
inline constexpr const char* kAccelerateWeights = "model.safetensors";
inline constexpr const char* kAccelerateIndex = "model.safetensors.index.json";

// Whether there is something of this name. Throws Error where one may not look.
bool is_there(const std::filesystem::path& path);

struct Layout {
  std::filesystem::path root;             // The folder of stepwise.json.
  std::filesystem::path config;           // The file.
  std::filesystem::path weights;          // Their folder.
  std::filesystem::path scheduler;        // The file; empty where there is none.
  std::vector<std::string> unknown_keys;  // Of model_index.json.
  std::vector<std::string> notes;         // What was chosen, a sentence each.
};

// Finds them in what people have on their disks:
// - a pipeline (model_index.json, unet/, scheduler/, or all in one folder, as older ones have it);
// - the folder of a network alone, or a checkpoint of accelerate (checkpoint-500: unet/, unet_ema/
//   or model.safetensors): what such a one lacks is taken from the folder above;
// - the folder of a model in the cache of the Hugging Face hub (models--a--b).
// Throws Error naming what is there in place of a model, or the component that makes it more than a
// network on pixels.
Layout layout_of(const std::filesystem::path& folder);

// The weights in the folder of a network: the safetensors file, else the index of several, else the
// only variant (diffusion_pytorch_model.fp16.safetensors), else those of accelerate
// (model.safetensors). Throws Error if there are none; those in a pickle are refused by name, for
// reading one can run any code.
std::filesystem::path weights_in(const std::filesystem::path& folder);

}  // namespace stepwise
