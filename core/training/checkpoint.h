// The files of a run: a diffusers folder with the averaged weights for whoever wants pictures, and
// training.safetensors with everything for whoever wants to go on. Worker thread only.
#pragma once

#include <torch/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "settings/run_changes.h"
#include "training/run_head.h"
#include "training/trainer_state.h"

namespace stepwise {

// Every tensor a run consists of, with its name in the file; they share storage with the state.
NamedTensors tensors_of(TrainerState& state);
RunHead head_of(const TrainerState& state);

// Writes or replaces both. Throws Error if they cannot be written.
void save_run(TrainerState& state, const std::filesystem::path& folder);

// Writes training.safetensors alone, as a mark (see marks.h), in a folder that is made where there
// is none. `change`: what is changed behind it. Throws Error if it cannot be written.
void save_mark(TrainerState& state, const std::filesystem::path& file, const std::string& change);

// What the tensors of the two averages begin with in the file.
inline constexpr std::string_view kAveraged = "averaged.", kLonger = "longer.";

// Fills the network with one of the averages that the file of a run, or of a mark, holds. Throws
// Error if it is another network's, or the file is damaged.
void read_averages(const SafetensorsFile& file, std::string_view which, UNet2DModelImpl& net);

// The state that save_run saw. Throws Error if the file is missing or damaged, or the data set
// another one.
std::unique_ptr<TrainerState> load_run(const std::filesystem::path& folder, const Dataset& data,
                                       torch::Device device);
// The state of a new run that begins as save_mark saw one, with these values in its recipe. Throws
// Error also if these cannot be other ones there.
std::unique_ptr<TrainerState> load_mark(const std::filesystem::path& mark,
                                        const std::vector<FieldValue>& values, const Dataset& data,
                                        torch::Device device);

}  // namespace stepwise
