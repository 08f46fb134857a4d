#include "widgets/plot_zoom.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "widgets/controls.h"

namespace stepwise::app {
namespace {

constexpr double kPerNotch = 1.25;
constexpr float kMeant = 6;  // Pixels a box must span to be one.

// Keeps the wheel from scrolling the panel while it zooms the last item.
void claim_wheel() {
#if IMGUI_VERSION_NUM >= 18920
  ImGui::SetItemKeyOwner(ImGuiKey_MouseWheelY);
#else
  ImGui::SetItemUsingMouseWheel();
#endif
}

// An axis that numbers can still tell apart.
bool sane(const Axis& axis) {
  return std::isfinite(axis.lo) && std::isfinite(axis.hi) && (!axis.log || axis.lo > 0) &&
         axis.hi - axis.lo > 1e-9 * std::max(std::abs(axis.lo), std::abs(axis.hi));
}

void show(std::optional<Axis>& zoomed, const Axis& axis) {
  if (sane(axis)) zoomed = axis;
}

void pan(const PlotArea& area, ImVec2 by, PlotView& view) {
  const double dx = -by.x / area.width();
  show(view.x, area.x.part(dx, 1 + dx));
  if (!view.y) return;  // Then y follows what is visible.
  const double dy = by.y / area.height();
  show(view.y, area.y.part(dy, 1 + dy));
}

void drag_box(const PlotArea& area, PlotView& view) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (ImGui::IsItemActivated() && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
    view.boxing = true;
    view.box_x = mouse.x;
    view.box_y = mouse.y;
  }
  if (!view.boxing) return;
  const ImVec2 from{view.box_x, view.box_y};
  const ImVec2 to{std::clamp(mouse.x, area.min.x, area.max.x),
                  std::clamp(mouse.y, area.min.y, area.max.y)};
  if (!ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
    view.boxing = false;
    zoom_to_box(area, from, to, view);
    return;
  }
  if (std::abs(to.x - from.x) < kMeant && std::abs(to.y - from.y) < kMeant) return;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw.AddRectFilled(from, to, ImGui::GetColorU32(ImGuiCol_Text, 0.08f));
  draw.AddRect(from, to, ImGui::GetColorU32(ImGuiCol_Text, 0.4f));
}

}  // namespace

void zoom_to_box(const PlotArea& area, ImVec2 from, ImVec2 to, PlotView& view) {
  const bool wide = std::abs(to.x - from.x) >= kMeant;
  const bool tall = std::abs(to.y - from.y) >= kMeant;
  if (wide) show(view.x, area.x.part(area.position_x(from.x), area.position_x(to.x)));
  if (tall) show(view.y, area.y.part(area.position_y(from.y), area.position_y(to.y)));
}

void zoom_by_wheel(const PlotArea& area, float mouse_x, float notches, PlotView& view) {
  show(view.x, area.x.zoomed(area.position_x(mouse_x), std::pow(kPerNotch, double(notches))));
}

bool plot_mouse(const PlotArea& area, PlotView& view) {
  const ImGuiIO& io = ImGui::GetIO();
  ImGui::SetCursorScreenPos(area.min);
  mouse_area("area", {std::max(1.f, area.width()), std::max(1.f, area.height())},
             ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight |
                 ImGuiButtonFlags_MouseButtonMiddle);
  const bool hovered = ImGui::IsItemHovered();
  if (hovered && io.KeyCtrl) {
    claim_wheel();
    if (io.MouseWheel != 0) zoom_by_wheel(area, io.MousePos.x, io.MouseWheel, view);
  }
  if (hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
    view.x.reset();
    view.y.reset();
    view.boxing = false;
    return hovered;
  }
  if (ImGui::IsItemActive() && (drags(ImGuiMouseButton_Right) || drags(ImGuiMouseButton_Middle)))
    pan(area, io.MouseDelta, view);
  drag_box(area, view);
  return hovered;
}

}  // namespace stepwise::app
