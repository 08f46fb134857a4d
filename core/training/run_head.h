// What a run's training.safetensors says of itself, beside its tensors. Plain values, no torch
// here; any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "fields.h"
#include "formats/safetensors.h"
#include "settings/recipe.h"
#include "settings/record.h"

namespace stepwise {

inline constexpr const char* kTrainingFile = "training.safetensors";

struct RunHead {
  Recipe recipe;
  DataRecord data;  // Runs of earlier versions know its name alone.
  std::int64_t step = 0;
  double seconds = 0;     // Of training.
  double multiplier = 1;  // Of the learning rate.
  double looked = 0;      // Seconds that looking at it took, see Trainer::looked().
  std::string from;       // The run and its step that it began at, in words; empty: at none.
};
STEPWISE_FIELDS(RunHead, recipe, data, step, seconds, multiplier, looked, from)

// Throws Error if it is not the file of a run, or damaged.
RunHead head_of(const SafetensorsFile& file);

// The file of the run in a folder. Throws Error if there is none.
std::filesystem::path run_file(const std::filesystem::path& folder);

// As the file's metadata.
std::map<std::string, std::string> metadata_of(const RunHead& head);

}  // namespace stepwise
