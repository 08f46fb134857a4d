// What the workspace of runs holds. Window thread only.
#pragma once

#include <array>
#include <filesystem>
#include <set>
#include <string>

#include "engine/events.h"
#include "fields.h"
#include "range.h"
#include "widgets/plot_zoom.h"

namespace stepwise::app {

inline constexpr Range<int> kMeasured{100, 10000};
// What the curves of compared runs stand over. FLOPs: floating-point operations of training.
enum class RunAxis { kSteps, kTime, kPictures, kFlops };
inline constexpr std::array kRunAxes = {
    Named<RunAxis>{RunAxis::kSteps, "steps"},
    Named<RunAxis>{RunAxis::kTime, "time"},
    Named<RunAxis>{RunAxis::kPictures, "pictures"},
    Named<RunAxis>{RunAxis::kFlops, "flops"},
};
constexpr const auto& names_of(RunAxis) { return kRunAxes; }

// Which of their curves those are: of the held-out loss or the Frechet distance.
enum class RunCurve { kLoss, kDistance };
inline constexpr std::array kRunCurves = {
    Named<RunCurve>{RunCurve::kLoss, "loss"},
    Named<RunCurve>{RunCurve::kDistance, "distance"},
};
constexpr const auto& names_of(RunCurve) { return kRunCurves; }

// What is at the top of the list: what was saved last, what comes first by name, what was trained
// longest, what has the smallest loss or distance.
enum class RunOrder { kSaved, kName, kTrained, kScore, kDistance };
inline constexpr std::array kRunOrders = {
    Named<RunOrder>{RunOrder::kSaved, "saved"},       Named<RunOrder>{RunOrder::kName, "name"},
    Named<RunOrder>{RunOrder::kTrained, "trained"},   Named<RunOrder>{RunOrder::kScore, "score"},
    Named<RunOrder>{RunOrder::kDistance, "distance"},
};
constexpr const auto& names_of(RunOrder) { return kRunOrders; }

struct RunsSettings {
  RunAxis axis = RunAxis::kSteps;
  RunCurve curve = RunCurve::kLoss;
  RunOrder order = RunOrder::kSaved;
  bool turned = false;  // That is at the bottom.
};
STEPWISE_FIELDS(RunsSettings, axis, curve, order, turned)

struct RunsUi : RunsSettings {
  std::string search;                      // Words that the runs which are listed have in them.
  std::filesystem::path root;              // Where runs lie; empty: nobody has said.
  bool entered = false;                    // They are what is on screen.
  std::set<std::filesystem::path> chosen;  // Folders of runs; some may not be there any more.
  bool comparing = false;                  // Those stand side by side where the table is else.
  PlotView plot{.log_y = true};            // Of their curves.
  std::string folder;                      // As typed.
  int measured = 2000;                     // Pictures an evaluation draws.
  JobId evaluation = kNoJob;               // The last one.
  JobId review = kNoJob;                   // The last ReviewCaptions.
  JobId opening = kNoJob;                  // The last OpenModel,
  JobId taking_back = kNoJob;              //   and TakeBackRun.
};

}  // namespace stepwise::app
