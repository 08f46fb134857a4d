// Everything the window is made of. A panel reads the View, edits what the user has chosen, and
// reports what the worker should do in `out`: no engine, no files, no state of its own. Each fills
// the rectangle of the Dear ImGui child or window it is called in, except where it says that it
// opens its own.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "engine/events.h"
#include "panels/ui.h"
#include "view/view.h"
#include "widgets/picture_renderer.h"

namespace stepwise::app {

// The smallest window, in points, in which everything has its place.
inline constexpr float kLeastWidth = 800, kLeastHeight = 560;

// The scale itself, or what a window of so many pixels has room for: in a smaller one everything is
// drawn smaller.
double fitting_scale(double wanted, ImVec2 pixels);

// The whole window: all panels in their places, keys included. Call between NewFrame and Render.
void workspace(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out);

using Panel = void(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out);

// What keys do, wherever the mouse is; nothing while a text field takes them.
void shortcuts(const View& view, Ui& ui, Commands& out);

// Around the canvas.
void top_bar_panel(const View& view, Ui& ui, Commands& out);
void tools_panel(const View& view, Ui& ui, Commands& out);
void canvas_panel(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out);
void contact_sheet_panel(const View& view, Ui& ui, PictureRenderer& pictures);
// The same in one row, so many points high, where there is no room for a column.
void picture_row_panel(const View& view, Ui& ui, PictureRenderer& pictures);
inline constexpr float kPictureRow = 68;
void timeline_panel(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out);
// What the timeline would like to have: lanes push it up to a third of the window, then they
// scroll.
float timeline_height(const View& view, const Ui& ui);
// All trees that there are, newest first, to go back to; nothing where there is one alone.
Panel trees_panel;
// What a right click on the latest item offers for a branch.
void branch_menu(const View& view, Ui& ui, BranchId branch, Commands& out);
void status_panel(const View& view, Ui& ui, Commands& out);

// The tabs at the right.
Panel sample_panel, train_panel, noise_lab_panel, runs_panel;

struct TabInfo {
  std::string_view id;  // In files and on the command line.
  const char* label;
  Panel* panel;
};
inline constexpr std::array kTabs = {
    TabInfo{"sample", "Sample", sample_panel},
    TabInfo{"train", "Train", train_panel},
    TabInfo{"noise-lab", "Noise lab", noise_lab_panel},
    TabInfo{"runs", "Runs", runs_panel},
};
std::string tab_ids();  // "sample, train, noise-lab or runs"

// Floating windows of their own, drawn only while open.
void help_panel(Ui& ui);

}  // namespace stepwise::app
