// All that the user has chosen and does: the desk, and the panels around it. Window thread only.
#pragma once

#include <string>
#include <vector>

#include <imgui.h>

#include "panels/combine.h"
#include "panels/files.h"
#include "panels/lab.h"
#include "panels/log.h"
#include "panels/models.h"
#include "panels/presentation.h"
#include "panels/race.h"
#include "panels/runs.h"
#include "panels/tour.h"
#include "panels/train.h"
#include "range.h"
#include "view/desk.h"
#include "view/forward.h"

namespace stepwise::app {

inline constexpr Range<double> kUiScale{0, 4};
inline constexpr float kTimelineHeight = 128;  // Room for the ruler and two lanes.
inline constexpr Range<float> kTimelineHeights{84, 1200};

struct TimelineUi {
  float height = kTimelineHeight;  // In points, as its upper edge was dragged.
  BranchId seen = -1;              // The lane that was scrolled into view last,
  BranchId pointed = -1;           //   and the one that the menu is of.
  BranchId renamed = -1;           // Whose name is being typed,
  std::string name;                //   as far as it is,
  bool typing = false;             //   in a field that has the keys.
  ForwardProcess forward;
};

// What the canvas has to say in the status line, in this frame.
struct CanvasWords {
  std::string hint;     // What can be done here and now.
  std::string readout;  // The value under the mouse.
};

struct Ui : Desk {
  // The id of one of kWorkspaces (panels/panels.h); any other text: the first.
  std::string workspace;
  bool folded = false;      // All panels around the centre are out of the way.
  bool large_grid = false;  // All pictures stand where the canvas is.
  TimelineUi timeline;
  CanvasWords canvas_words;
  std::vector<ImVec2> mouse_way;   // Where it has been since the frame before; empty: not kept.
  std::vector<Place> shown_small;  // In the latest frame, where they take the step in full.
  TrainUi train;
  LabUi lab;
  RunsUi runs;
  ModelsUi models;
  LogUi log;
  CombineUi combine;
  FilesUi files;
  TourUi tour;
  PresentationUi presentation;
  RaceUi race;
  bool stoppable = false;      // Something was being sampled in the latest frame,
  double stoppable_since = 0;  //   or not, since then: seconds of ImGui::GetTime().
  bool help = false;
  bool help_words = false;  // It shows what words mean, not what keys do.
  bool quit = false;
  double scale = 0;    // Of the whole window; 0: the screen's own.
  bool light = false;  // Colors for a projector in a bright room.
  int window_width = 1280, window_height = 800;
};

}  // namespace stepwise::app
