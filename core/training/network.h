// The network that a recipe asks for, and its start. Worker thread only.
#pragma once

#include <string>

#include "data/dataset.h"
#include "diffusion/regression.h"
#include "formats/info.h"
#include "model/scheduler_config.h"
#include "model/unet.h"
#include "settings/recipe.h"

namespace stepwise {

// The recipe with as many of its resolutions as these pictures can be halved for, and attention
// only where its cost is bounded: a network in diffusers' format halves whole pixels. The coarsest
// levels are left out.
Recipe fitted_to(const Pictures& pictures, const Recipe& recipe);

// How the fitted recipe differs from what was asked for, a whole sentence; empty where it does not.
std::string fitting_note(const Pictures& pictures, const Recipe& asked);

// The recipe with the network, and what that answers, of the recipe that a model was trained by.
Recipe with_network_of(const Recipe& model, Recipe recipe);

// A class-conditional network for these pictures, with one class more for "no class". Throws Error
// if the recipe's resolutions do not fit their size.
UNet2DConfig config_of(const Recipe& recipe, const Dataset& data);

// The same weights for the same recipe and data, whatever was drawn before.
UNet2DModel new_network(const Recipe& recipe, const Dataset& data);

// What a folder of a model trained so says of it: the scheduler that diffusers would open it with,
// none where it has nothing that undoes this,
SchedulerInfo scheduler_of(const Recipe& recipe);
// and what the network is trained on, at that scheduler's levels.
Regressor regressor_of(const Recipe& recipe, torch::Device device);
StepwiseInfo info_of(const Recipe& recipe, const Dataset& data);

}  // namespace stepwise
