// A model on disk: a diffusers pipeline folder (model_index.json, unet/, scheduler/) with our
// stepwise.json beside them, or a bare UNet2DModel folder (config.json beside its weights). Used on
// the thread that owns the network.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "formats/info.h"
#include "formats/safetensors.h"
#include "model/scheduler_config.h"
#include "model/unet.h"
#include "model/weights.h"

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

// Reads a model piece by piece, for those with other work to do in between. Throws Error saying
// what is wrong with which file and what to do.
class ModelReader {
 public:
  // Reads what the folder says and builds the network, without its weights.
  explicit ModelReader(const std::filesystem::path& path);

  // Reads about so many bytes of the weights. False when those were the last.
  bool step(std::uint64_t bytes = kAllBytes) { return weights_->step(bytes); }
  double fraction() const { return weights_->fraction(); }  // Of the weights, 0 to 1.
  const std::filesystem::path& path() const { return model_.path; }

  ModelFolder take();  // Once, when all is read.

 private:
  ModelFolder model_;
  std::optional<WeightLoader> weights_;
};

// The same at once.
ModelFolder read_model(const std::filesystem::path& path);

// Writes a pipeline folder, creating it. Each file is replaced atomically and the one that makes a
// folder a model comes last, so whoever opens it at any moment finds no model, the old one or the
// new one. Throws Error if the folder holds a model of another shape.
void write_model(const std::filesystem::path& path, const UNet2DModel& net,
                 const SchedulerInfo& scheduler, const StepwiseInfo& info,
                 DType floats = DType::kF32);

}  // namespace stepwise
