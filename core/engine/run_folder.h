// Where runs and classifiers go when nobody says where. Any thread.
#pragma once

#include <filesystem>
#include <string>

#include "settings/data_home.h"

namespace stepwise {

// runs/ in the user's data folder ($XDG_DATA_HOME/stepwise, or ~/.local/share/stepwise); it may not
// exist. Throws Error if neither XDG_DATA_HOME nor HOME is set.
std::filesystem::path runs_folder();

// classifiers/ beside it, likewise.
std::filesystem::path classifiers_folder();
// And models that came with sessions; no absolute path if neither is set.
std::filesystem::path models_folder();
// And noise meters.
std::filesystem::path meters_folder();
// And pictures that were kept to learn from; the same.
std::filesystem::path examples_folder();
// And recipes of the user's own; no absolute path if neither is set.
std::filesystem::path own_recipes_folder();

// Where the few-step weights of this model go that a run tunes: its folder kFewSteps, if it is one
// of the runs in runs_folder() and has none yet. Empty: they are a run of their own.
std::filesystem::path new_few_steps_folder(const std::filesystem::path& model);
// The other way round: the model whose few-step weights are those in this folder; empty: none.
std::filesystem::path model_around(const std::filesystem::path& few_steps);

// A folder that does not exist yet: <data>-<recipe>-<number> in runs_folder().
std::filesystem::path new_run_folder(const std::string& data, const std::string& recipe);

}  // namespace stepwise
