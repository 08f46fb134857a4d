#include <imgui_internal.h>

#include <algorithm>
#include <array>

#include "panels/tool_parts.h"
#include "view/compare.h"
#include "view/edits.h"
#include "view/follow.h"
#include "view/left_out.h"
#include "view/moving.h"
#include "view/sweep.h"
#include "view/trees.h"
#include "view/variations.h"
#include "widgets/keys.h"
#include "widgets/theme.h"

namespace stepwise::app {
namespace {

constexpr double kSame = 0.04;  // Type has whole pixels, so scales on screen are a little off.

// To the branch so many lanes further down, at the same step.
void go_to_branch(const View& view, Ui& ui, int lanes) {
  const auto tree = tree_of(view, ui, ui.playhead.branch);
  const int count = int(tree.size());
  for (int i = 0; i < count; ++i) {
    if (tree[i]->start.id != ui.playhead.branch) continue;
    const Branch& next = *tree[std::clamp(i + lanes, 0, count - 1)];
    go_to(view, ui, next.start.id, ui.playhead.step, picture_of(next, ui.playhead.picture));
    return;
  }
}

void playhead_keys(const View& view, Ui& ui) {
  const int step = ui.playhead.step;
  if (key_pressed(Key(ImGuiKey_LeftArrow), true)) go_to(view, ui, step - 1);
  if (key_pressed(Key(ImGuiKey_RightArrow), true)) go_to(view, ui, step + 1);
  if (key_pressed(Key(ImGuiKey_Home))) go_to(view, ui, 0);
  if (key_pressed(Key(ImGuiKey_End))) go_to(view, ui, last_step(view, ui));
  const int down = key_pressed(Key(ImGuiKey_DownArrow), true);
  const int up = key_pressed(Key(ImGuiKey_UpArrow), true);
  if (up != down) go_to_branch(view, ui, down - up);
  const int next = key_pressed(Key(ImGuiKey_PageDown), true);
  const int previous = key_pressed(Key(ImGuiKey_PageUp), true);
  if (next != previous) go_to_picture(view, ui, ui.playhead.picture + next - previous);
  // The space bar plays when it is let go, unless it moved the picture meanwhile.
  if (key_released(Key(ImGuiKey_Space))) {
    if (!ui.panned) toggle_playing(view, ui, ImGui::GetTime());
    ui.panned = false;
  }
}

void place_keys(Ui& ui) {
  for (const WorkspaceInfo& each : kWorkspaces)
    if (key_pressed(Key::function(each.key))) {
      ui.workspace = each.id;
      ui.presentation.on = false;
    }
  if (key_pressed(Key::function(kPresentKey))) {
    ui.workspace = kWorkspaces.front().id;
    ui.presentation.on = !ui.presentation.on;
  }
  if (!keys_walk() && key_pressed(Key(ImGuiKey_Tab))) ui.folded = !ui.folded;
  if (key_pressed(Key('L'))) ui.log.open = !ui.log.open;
}

// Makes the tool in hand so many steps larger: its brush, or softer with Shift, or what a fill
// tolerates.
void resize_tool(Ui& ui, int steps) {
  constexpr float kShare = 0.05f;
  const auto step = [steps](float& value, Range<float> range, float by) {
    value = std::clamp(value + by * float(steps), range.min, range.max);
  };
  if (ui.tool == Tool::kMove) return;  // It scales what it has in hand.
  if (ui.shape == ShapeTool::kFill)
    step(ui.tolerance, kFillTolerance, kShare);
  else if (ImGui::GetIO().KeyShift)
    step(brush_of(ui).softness, kBrushShare, kShare);
  else
    step(brush_of(ui).size, kBrushSize, 1);
}

void paint_keys(Ui& ui) {
  for (int i = 0; i < 5; ++i)
    if (key_pressed(Key(char('1' + i)))) ui.quantity = Quantity(i);
  if (key_pressed(Key('Q')))
    ui.quantity = ui.quantity == Quantity::kAll ? Quantity::kGuess : Quantity::kAll;
  for (const ToolInfo& each : kTools)
    if (key_pressed(Key(each.key))) take(ui, each.tool);
  for (const ShapeToolInfo& each : kShapeTools)
    if (key_pressed(Key(each.key))) take(ui, each.shape);
  if (key_pressed(Key(info_of(ShapeTool::kBrush).key))) take(ui, Tool::kPaint);
  if (key_pressed(Key('F'))) ui.camera = {};
  if (key_pressed(Key('X'))) choose_other(ui);
  if (key_pressed(Key('G'))) ui.large_grid = !ui.large_grid;
  if (key_pressed(Key('['), true)) resize_tool(ui, -1);
  if (key_pressed(Key(']'), true)) resize_tool(ui, 1);
}

void scale_keys(Ui& ui) {
  if (key_pressed(Key('='), true) || key_pressed(Key::pad('+'), true)) zoom_window(ui, 1);
  if (key_pressed(Key('-'), true) || key_pressed(Key::pad('-'), true)) zoom_window(ui, -1);
  if (key_pressed(Key('0')) || key_pressed(Key::pad('0'))) ui.scale = 0;
}

// The keys begin with the first control of the window, or are those of shortcuts() again.
void walk(bool walks) {
  ImGuiIO& io = ImGui::GetIO();
  if (walks) {
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    ImGuiWindow* all = ImGui::FindWindowByName("workspace");
    all->Flags &= ~ImGuiWindowFlags_NoNavInputs;  // As it will be in this frame.
    ImGui::FocusWindow(all);
    ImGui::NavInitWindow(all, true);
    ImGui::GetCurrentContext()->NavDisableHighlight = false;
  } else {
    io.ConfigFlags &= ~ImGuiConfigFlags_NavEnableKeyboard;
    ImGui::GetCurrentContext()->NavDisableHighlight = true;
  }
}

// What is topmost first.
void close_something(const View& view, Ui& ui, bool paints, Commands& out) {
  const int menus = ImGui::GetCurrentContext()->OpenPopupStack.Size;
  if (menus > 0) {
    ImGui::ClosePopupToLevel(menus - 1, true);
  } else if (ui.help) {
    ui.help = false;
  } else if (ui.log.open) {
    ui.log.open = false;
  } else if (ui.files.chooser.open) {
    ui.files.chooser.open = false;
  } else if (ui.files.picture) {
    ui.files.picture.reset();
  } else if (ui.presentation.on) {
    ui.presentation.on = false;
  } else if (ui.tour.scene >= 0) {
    leave_tour(ui);
  } else if (paints && ui.race.shown) {
    close_race(view, ui, out);
  } else if (paints && sweep_shown(view, ui)) {
    close_sweep(ui);
  } else if (paints && ui.tool == Tool::kMove && layer_in_hand(view, ui)) {
    ui.layer = -1;
  } else if (paints) {
    discard_painting(view, ui);
  } else if (workspace_of(ui).centre == learning_panel) {
    ui.train.enlarged = Enlarged::kNothing;
  } else if (workspace_of(ui).centre == runs_panel) {
    ui.runs.comparing = false;
  }
}

void work_keys(const View& view, Ui& ui, Commands& out) {
  paint_keys(ui);
  const bool moves = ui.tool == Tool::kMove && layer_in_hand(view, ui);
  move_keys(view, ui, out);
  if (key_pressed(Key(ImGuiKey_Delete)))
    moves ? delete_in_hand(view, ui, out) : delete_branch(view, ui, ui.playhead.branch, out);
  if (key_pressed(Key('J'))) leave_out_step(view, ui, ui.playhead.step, out);
  if (key_pressed(Key('R')) || key_pressed(Key(ImGuiKey_Enter)))
    ImGui::GetIO().KeyShift ? vary(view, ui, kVariations, out) : resample(view, ui, out);
}

}  // namespace

void zoom_window(Ui& ui, int steps) {
  const double now = scale_in_use();
  const auto above = std::ranges::find_if(kScales, [&](double s) { return s > now + kSame; });
  const auto from = std::ranges::find_if(kScales, [&](double s) { return s >= now - kSame; });
  const std::ptrdiff_t at = steps > 0 ? above - kScales.begin() - 1 : from - kScales.begin();
  const auto last = std::ptrdiff_t(kScales.size()) - 1;
  ui.scale = kScales[std::size_t(std::clamp<std::ptrdiff_t>(at + steps, 0, last))];
}

void shortcuts(const View& view, Ui& ui, Commands& out) {
  const ImGuiIO& io = ImGui::GetIO();
  if (io.WantTextInput) return;
  if (key_pressed(Key::function(6))) walk(!keys_walk());
  if (io.KeyCtrl) {
    if (key_pressed(Key('Z'), true)) io.KeyShift ? redo(view, ui, out) : undo(view, ui, out);
    if (key_pressed(Key('Y'), true)) redo(view, ui, out);
    if (key_pressed(Key('Q'))) ui.quit = true;
    file_keys(view, ui);
    scale_keys(ui);
    return;
  }
  place_keys(ui);
  if (keys_walk()) return;
  if (workspace_of(ui).centre == learning_panel)
    gallery_keys(view.training, ui.train);
  else
    playhead_keys(view, ui);
  const bool paints = &workspace_of(ui) == &kWorkspaces.front();
  if (paints) work_keys(view, ui, out);
  if (io.KeyShift && key_pressed(Key('/'))) ui.help = !ui.help;
  if (key_pressed(Key(ImGuiKey_Escape))) close_something(view, ui, paints, out);
}

}  // namespace stepwise::app
