// Everything the window is made of. A panel reads the View, edits what the user has chosen, and
// reports what the worker should do in `out`: no engine, no files, no state of its own. Each fills
// the rectangle of the Dear ImGui child or window it is called in, except where it says that it
// opens its own.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "engine/events.h"
#include "panels/ui.h"
#include "range.h"
#include "view/view.h"
#include "widgets/picture_renderer.h"

namespace stepwise::app {

// The smallest window, in points, in which everything has its place.
inline constexpr float kLeastWidth = 640, kLeastHeight = 400;

// What a window of so many pixels is drawn at where nobody has chosen: the screen's own scale, or
// larger by steps of three pixels of type where there is room for more than a usual screen shows.
double usual_scale(double content_scale, ImVec2 pixels);

// The scale itself, or what a window of so many pixels has room for: in a smaller one everything is
// drawn smaller.
double fitting_scale(double wanted, ImVec2 pixels);

// The whole window: all panels in their places, keys included. Call between NewFrame and Render.
void workspace(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out);

using Panel = void(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out);

// What keys do, wherever the mouse is; nothing while a text field takes them.
void shortcuts(const View& view, Ui& ui, Commands& out);
// Those of the workspace of training: through its galleries.
void gallery_keys(const Training& training, TrainUi& ui);
// Draws the whole window so many steps larger (or, below 0, smaller) than it is: steps that a
// person tells apart.
void zoom_window(Ui& ui, int steps);
inline constexpr std::array kScales = {0.75, 0.85, 1., 1.1, 1.25, 1.5, 1.75, 2., 2.5, 3.};

// Above and below every workspace.
void top_bar_panel(const View& view, Ui& ui, Commands& out);
void status_panel(const View& view, Ui& ui, Commands& out);

// What a workspace is about, in its centre.
Panel paint_panel, learning_panel, noise_lab_panel, runs_panel;
// What is set there, at its right.
Panel sample_panel, train_panel, lab_panel, model_panel;
// At the left: the tools, or what goes on in the other workspaces. At the bottom: time.
Panel tools_panel, in_sight_panel, timeline_panel;

// Why the settings cannot be sampled with, in words; empty: they can.
std::string trouble_with(const SampleSettings& settings);
// A new tree with the settings on screen, up to a step; -1: to the end.
Sample new_tree(const View& view, const Ui& ui, int until = -1);

// In place of all of it before an audience.
Panel presentation_panel;

// All trees that there are, newest first, to go back to.
Panel trees_panel;
// What a right click on the latest item offers: for a branch, a picture of the batch, the canvas.
void branch_menu(const View& view, Ui& ui, BranchId branch, Commands& out);
void picture_menu(const View& view, Ui& ui, int picture, Commands& out);
void canvas_menu(const View& view, Ui& ui, Commands& out);
// An entry of a menu: the step of the playhead is left out.
void without_step_entry(const View& view, Ui& ui, Commands& out);
// A field for the name of a branch opens in its lane.
void begin_rename(const View& view, Ui& ui, const Branch& branch);

// What can be sampled side by side, in a menu of a button or as entries of another one.
void side_by_side_button(const View& view, Ui& ui, Commands& out);
void side_by_side_entries(const View& view, Ui& ui, Commands& out);

// One kind of work, and where its panels lie.
struct WorkspaceInfo {
  std::string_view id;  // In files and on the command line.
  const char* label;
  int key;  // F1, F2, ...
  const char* help;
  Panel *left, *centre, *right;
  Panel* bottom = nullptr;           // Without one the others are as high as the window.
  Range<float> left_width{84, 160};  // In points.
};
inline constexpr std::array kWorkspaces = {
    WorkspaceInfo{"paint",
                  "Paint",
                  1,
                  "Look at every step, and paint over a half-finished picture.",
                  tools_panel,
                  paint_panel,
                  sample_panel,
                  timeline_panel,
                  {152, 176}},
    WorkspaceInfo{"train", "Train", 2, "Train a model of your own, and watch it learn.",
                  in_sight_panel, learning_panel, train_panel},
    WorkspaceInfo{"lab", "Lab", 3, "One real picture, one noise level: who guesses best?",
                  in_sight_panel, noise_lab_panel, lab_panel},
    WorkspaceInfo{"runs", "Runs", 4, "All training runs, other models, and how good they are.",
                  in_sight_panel, runs_panel, model_panel},
};
std::string workspace_ids();  // "paint, train, lab or runs"

// The one on screen.
const WorkspaceInfo& workspace_of(const Ui& ui);

// Of the right column, in a window so wide.
float right_width(float window);

// Floating windows of their own, drawn only while open.
void help_panel(Ui& ui);

}  // namespace stepwise::app
