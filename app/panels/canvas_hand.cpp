#include <algorithm>
#include <cmath>
#include <vector>

#include "panels/canvas_parts.h"
#include "panels/tool_parts.h"
#include "view/edits.h"
#include "view/moving.h"
#include "view/strokes.h"
#include "widgets/controls.h"
#include "widgets/keys.h"

namespace stepwise::app {
namespace {

// Where a stroke in this pane would go.
std::optional<Place> paintable_pane(const View& view, const Ui& ui, const Pane& p) {
  if (!p.shown || ui.tool == Tool::kHand || !surface_of(p.quantity)) return std::nullopt;
  return paintable(view, ui);
}

// What is shown at that point: for the stamp, or as a color in the brush.
void pick(const View& view, Ui& ui, const Pane& p, ImVec2 at) {
  const int x = int(std::floor(at.x)), y = int(std::floor(at.y));
  const Picture& shown = p.shown.plus;
  if (x < 0 || y < 0 || x >= shown.width() || y >= shown.height()) return;
  if (ui.tool == Tool::kStamp) return pick_stamp(view, ui, shown, {at.x, at.y});
  const auto value = [&](int c) {
    return std::clamp(p.shown.value(y, x, std::min(c, shown.channels() - 1)), kBrushValue.min,
                      kBrushValue.max);
  };
  ui.brush.color = {value(0), value(1), value(2)};
}

// With the tool that moves layers, on the guess.
void move_layers(const View& view, Ui& ui, const Pane& p, ImVec2 at, Commands& out) {
  const ImGuiIO& io = ImGui::GetIO();
  if (ui.moving) {
    if (io.MouseDelta.x != 0 || io.MouseDelta.y != 0) keep_moving(view, ui, {at.x, at.y}, out);
    if (!io.MouseDown[0]) end_moving(view, ui, io.KeyAlt, out);
    return;
  }
  const std::optional<Place> place = paintable_pane(view, ui, p);
  if (!place || p.quantity != Quantity::kGuess || !ImGui::IsItemClicked(0)) return;
  if (!key_down(Key(ImGuiKey_Space)))
    begin_moving(view, ui, *place, {at.x, at.y}, px(kHandle) / p.placed.pixel);
}

// Through all places of the mouse: frames that take long make no corners.
std::vector<Point> way_of_mouse(const Ui& ui, const Pane& p) {
  std::vector<Point> way;
  for (const ImVec2 place : ui.mouse_way) {
    const ImVec2 at = p.placed.to_picture(place);
    way.push_back({at.x, at.y});
  }
  const ImVec2 at = p.placed.to_picture(ImGui::GetIO().MousePos);
  way.push_back({at.x, at.y});
  return way;
}

}  // namespace

std::optional<Surface> surface_of(Quantity quantity) {
  if (quantity == Quantity::kGuess) return Surface::kGuess;
  if (quantity == Quantity::kNoisy) return Surface::kNoisy;
  return std::nullopt;
}

void move_camera(Ui& ui, const Pane& p) {
  ImGuiIO& io = ImGui::GetIO();
  const bool space = key_down(Key(ImGuiKey_Space));
  if (ImGui::IsItemHovered() && io.MouseWheel != 0) {
    if (io.KeyCtrl) {
      float& size = brush_of(ui).size;
      size = std::clamp(size + io.MouseWheel, kBrushSize.min, kBrushSize.max);
    } else if (p.shown) {
      zoom_about(ui.camera, p.area, p.shown.plus.width(), p.shown.plus.height(), io.MousePos,
                 std::pow(1.2f, io.MouseWheel));
    }
  }
  const bool left = drags(0) && (space || ui.tool == Tool::kHand) && !ui.stroke;
  if (!ImGui::IsItemActive() || !p.shown || !(left || drags(1) || drags(2))) return;
  pan(ui.camera, p.placed, io.MouseDelta);
  ui.panned = ui.panned || space;
}

void paint(const View& view, Ui& ui, const Pane& p, Commands& out) {
  const ImGuiIO& io = ImGui::GetIO();
  const ImVec2 at = p.placed.to_picture(io.MousePos);
  ui.straight = io.KeyShift;
  if (ui.tool == Tool::kMove || ui.moving) return move_layers(view, ui, p, at, out);
  if (ui.stroke) {
    if (io.MouseDelta.x != 0 || io.MouseDelta.y != 0)
      continue_stroke(view, ui, way_of_mouse(ui, p), out);
    if (!io.MouseDown[0]) end_stroke(ui);
    return;
  }
  const std::optional<Place> place = paintable_pane(view, ui, p);
  if (!place || !ImGui::IsItemClicked(0) || key_down(Key(ImGuiKey_Space))) return;
  if (io.KeyAlt) return pick(view, ui, p, at);
  begin_stroke(view, ui, *place, *surface_of(p.quantity), {at.x, at.y}, out);
}

void draw_brush(const View& view, const Ui& ui, const Pane& p) {
  if (!ImGui::IsItemHovered() && !ui.stroke) return;
  if (!paintable_pane(view, ui, p) || key_down(Key(ImGuiKey_Space))) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.PushClipRect(p.area.min, p.area.max, true);
  draw_tool(list, ui, p.placed);
  list.PopClipRect();
  ImGui::SetMouseCursor(ImGuiMouseCursor_None);
}

}  // namespace stepwise::app
