// All that the user has chosen and does: the desk, and the panels around it. Window thread only.
#pragma once

#include <string>

#include "panels/combine.h"
#include "panels/lab.h"
#include "panels/log.h"
#include "panels/runs.h"
#include "panels/train.h"
#include "range.h"
#include "view/desk.h"

namespace stepwise::app {

inline constexpr Range<double> kUiScale{0, 4};

struct Ui : Desk {
  std::string tab;  // The id of one of kTabs (panels/panels.h); any other text: the first.
  TrainUi train;
  LabUi lab;
  RunsUi runs;
  LogUi log;
  CombineUi combine;
  bool stoppable = false;      // Something was being sampled in the latest frame,
  double stoppable_since = 0;  //   or not, since then: seconds of ImGui::GetTime().
  bool help = false;
  bool quit = false;
  double scale = 0;    // Of the whole window; 0: the screen's own.
  bool light = false;  // Colors for a projector in a bright room.
  int window_width = 1280, window_height = 800;
};

}  // namespace stepwise::app
