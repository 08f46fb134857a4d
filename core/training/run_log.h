// What a model folder tells of its training: the `training` member of stepwise.json. Any thread.
#pragma once

#include <optional>
#include <string>

#include "settings/points.h"
#include "settings/recipe.h"

namespace stepwise {

// One JSON object: recipe, steps, pictures, seconds, device, threads, losses. Curves are thinned to
// a few hundred points, each the mean of those it stands for.
std::string run_log(const Recipe& recipe, const RunHistory& history, const std::string& device);

// The recipe in such an object; nothing where there is none that can be read.
std::optional<Recipe> recipe_in_log(const std::string& training);

}  // namespace stepwise
