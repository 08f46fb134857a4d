// Options of commands that draw with a model, or with two of which each knows its noise levels.
#pragma once

#include <filesystem>
#include <vector>

#include "commands/command.h"
#include "engine/picture_recipe.h"

namespace stepwise {

struct ModelOptions {
  std::filesystem::path model = shipped_model();
  std::filesystem::path above = {};  // Another for the levels above `border`; empty: none.
  double border = 1;

  bool is_one() const { return above.empty(); }
};

// Adds --model, --above and --border, which fill `options`; it must outlive the parsing.
void add_model_options(CLI::App& command, ModelOptions& options);

// What is drawn with, and what that was made of; one of a folder: of nothing.
struct ModelInUse {
  ModelOpened model;
  std::vector<ModelOpened> parts = {};
  std::optional<Combination> how = {};
};

// Opens the model, or both of them as one. Throws Error if that cannot be done.
ModelInUse open_model(Headless& worker, const ModelOptions& options);

// As recipes name it, its parts first; the weights are read for that.
std::vector<RecipeModel> recipe_models(const ModelInUse& used);

}  // namespace stepwise
