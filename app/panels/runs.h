// What the workspace of runs holds. Window thread only.
#pragma once

#include <filesystem>
#include <set>
#include <string>

#include "engine/events.h"
#include "range.h"
#include "widgets/plot_zoom.h"

namespace stepwise::app {

inline constexpr Range<int> kMeasured{100, 10000};
struct RunsUi {
  std::filesystem::path root;              // Where runs lie; empty: nobody has said.
  bool entered = false;                    // They are what is on screen.
  std::set<std::filesystem::path> chosen;  // Folders of runs; some may not be there any more.
  bool comparing = false;                  // Those stand side by side where the table is else.
  PlotView plot{.log_y = true};            // Of their curves.
  std::string folder;                      // As typed.
  int measured = 2000;                     // Pictures an evaluation draws.
  JobId evaluation = kNoJob;               // The last one.
  JobId opening = kNoJob;                  // The last OpenModel,
  JobId taking_back = kNoJob;              //   and TakeBackRun.
};

}  // namespace stepwise::app
