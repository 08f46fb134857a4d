// What the workspace of runs holds. Window thread only.
#pragma once

#include <filesystem>
#include <string>

#include "engine/commands.h"
#include "range.h"

namespace stepwise::app {

inline constexpr Range<int> kMeasured{100, 10000};
struct RunsUi {
  std::filesystem::path chosen;
  std::string folder;         // As typed.
  int measured = 2000;        // Pictures an evaluation draws.
  JobId evaluation = kNoJob;  // The last one.
};

}  // namespace stepwise::app
