// A recipe as it is asked for on the command line: by name or file, and with other values for some
// of its fields.
#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

#include "settings/recipe.h"
#include "settings/run_changes.h"

namespace stepwise {

// Adds --set, or what else it is called, which can be said several times; `set` must outlive the
// parsing.
CLI::Option* add_set_option(CLI::App& command, std::vector<std::string>& set,
                            const std::string& help, const std::string& name = "--set");

// What was set, field=value each. Throws Error naming what has no "=".
std::vector<FieldValue> fields_in(const std::vector<std::string>& set);

// Puts it in. Throws Error naming what cannot be read.
void put_fields(Recipe& recipe, const std::vector<std::string>& set);

}  // namespace stepwise
