// The options that say which pictures a command works on, and how they are read.
#pragma once

#include <CLI/CLI.hpp>

#include <vector>

#include "settings/source.h"

namespace stepwise {

// Adds --data, --transpose and --reshape, which fill `source`; it must outlive the parsing.
std::vector<CLI::Option*> add_data_options(CLI::App& command, DataSource& source);

}  // namespace stepwise
