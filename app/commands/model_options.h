// Options of commands that draw with a model, or with two of which each knows its noise levels.
#pragma once

#include <filesystem>

#include "commands/command.h"

namespace stepwise {

struct ModelOptions {
  std::filesystem::path model = shipped_model();
  std::filesystem::path above = {};  // Another for the levels above `border`; empty: none.
  double border = 1;

  bool is_one() const { return above.empty(); }
};

// Adds --model, --above and --border, which fill `options`; it must outlive the parsing.
void add_model_options(CLI::App& command, ModelOptions& options);

// Opens the model, or both of them as one. Throws Error if that cannot be done.
ModelOpened open_model(Headless& worker, const ModelOptions& options);

}  // namespace stepwise
