// The files of a run: a diffusers folder with the averaged weights for whoever wants pictures, and
// training.safetensors with everything for whoever wants to go on. Worker thread only.
#pragma once

#include <torch/types.h>

#include <filesystem>
#include <memory>

#include "training/run_head.h"
#include "training/trainer_state.h"

namespace stepwise {

// Every tensor a run consists of, with its name in the file; they share storage with the state.
NamedTensors tensors_of(TrainerState& state);
RunHead head_of(const TrainerState& state);

// Writes or replaces both. Throws Error if they cannot be written.
void save_run(TrainerState& state, const std::filesystem::path& folder);

// The state that save_run saw. Throws Error if the file is missing or damaged, or the data set
// another one.
std::unique_ptr<TrainerState> load_run(const std::filesystem::path& folder, const Dataset& data,
                                       torch::Device device);

}  // namespace stepwise
