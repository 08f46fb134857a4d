// A model read from disk, ready to answer. Worker thread.
#pragma once

#include <torch/types.h>

#include <filesystem>
#include <functional>
#include <optional>

#include "diffusion/model.h"
#include "engine/events.h"
#include "model/folder.h"

namespace stepwise {

struct OpenedModel {
  ModelFolder folder;
  SharedModel model;
  ModelOpened announcement;
};

// Throws Error if this program cannot turn the model's output into a guess.
OpenedModel open_model(ModelFolder folder, torch::Device device);

// Opens a model piece by piece, with the few-step weights that its folder may hold. Each call does
// one and tells how far it is; the last gives the model.
using Opening = std::function<std::optional<OpenedModel>(const Emit& emit)>;
Opening opening_of(const std::filesystem::path& path, torch::Device device);
// The same without those.
Opening opening_alone(const std::filesystem::path& path, torch::Device device);

// What the folder holds, whether or not it can be sampled from. Throws Error if it cannot be read.
ModelDescribed describe_model(const std::filesystem::path& path);

// What the first of those with the largest pictures is, but for what the others change in it; it
// lies in no folder. Throws Error where they do not fit.
OpenedModel combined(const std::vector<OpenedModel>& parts, const Combination& how);

// The network as a function, kept alive by it. Throws NotFinite where its answer is not.
Network network_of(UNet2DModel net);

}  // namespace stepwise
