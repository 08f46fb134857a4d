// A model on disk: a diffusers pipeline folder (model_index.json, unet/, scheduler/) with our
// stepwise.json beside them, or a bare UNet2DModel folder (config.json beside its weights). Used on
// the thread that owns the network.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "formats/info.h"
#include "formats/safetensors.h"
#include "model/scheduler_config.h"
#include "model/unet.h"

namespace stepwise {

struct ModelFolder {
  std::filesystem::path path;
  UNet2DModel net{nullptr};  // On the CPU, in evaluation mode; net->config is its config.
  SchedulerInfo scheduler;
  StepwiseInfo info;
  bool is_ours = false;                   // It has a stepwise.json.
  bool is_finite = true;                  // No weight is NaN or infinite.
  std::vector<std::string> unknown_keys;  // Of its JSON files, without meaning.
  std::vector<std::string> notes;         // What was left out or is suspicious, a sentence each.
};

// Throws Error saying what is wrong with which file and what to do.
ModelFolder read_model(const std::filesystem::path& path);

// Writes a pipeline folder, creating it. Each file is replaced atomically and the one that makes a
// folder a model comes last, so whoever opens it at any moment finds no model, the old one or the
// new one. Throws Error if the folder holds a model of another shape.
void write_model(const std::filesystem::path& path, const UNet2DModel& net,
                 const SchedulerInfo& scheduler, const StepwiseInfo& info,
                 DType floats = DType::kF32);

}  // namespace stepwise
