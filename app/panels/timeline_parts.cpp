#include "panels/timeline_parts.h"

#include <imgui_stdlib.h>

#include <cmath>
#include <utility>

#include "view/follow.h"
#include "view/trees.h"
#include "widgets/controls.h"
#include "widgets/pushed.h"

namespace stepwise::app {
namespace {

// As much of the words as the column has room for.
void draw_words(const Lanes& lanes, Font which, float y, ImU32 ink, const std::string& words) {
  const float left = lanes.left + px(16);
  ImGui::PushFont(font(which));
  ImGui::GetWindowDrawList()->AddText({left, std::round(y)}, ink,
                                      shortened(words, lanes.left + lanes.names - left).c_str());
  ImGui::PopFont();
}

constexpr const char* kForwardHelp =
    "The forward process, to compare: the finished picture with noise added, x(σ) = picture + σ n. "
    "n is the noise that this branch began with: x at its first step, divided by σ there. The "
    "model has learned to undo this.";

}  // namespace

void draw_name(const Lanes& lanes, int i, ImU32 dot, ImU32 ink, const std::string& name,
               const std::string& words) {
  const float y = lanes.middle(i), line = ImGui::GetFontSize();
  ImGui::GetWindowDrawList()->AddCircleFilled({lanes.left + px(5), y - line / 2}, px(4), dot, 16);
  draw_words(lanes, Font::kBody, y - line - px(1), ink, name);
  draw_words(lanes, Font::kCaption, y + px(1), colors.dim, words);
}

void level_ruler(ImDrawList& list, const StepAxis& axis, const BranchStarted& branch, float top,
                 float bottom) {
  if (has_severity(branch.degradation))
    even_ruler(list, axis, branch.sigmas.front(), top, bottom);
  else
    sigma_ruler(list, axis, branch.sigmas, top, bottom);
}

void rename_field(const View& view, Ui& ui, const Branch& branch, const Lanes& lanes, int i) {
  TimelineUi& timeline = ui.timeline;
  ImGui::SetCursorScreenPos(
      {lanes.left, std::round(lanes.middle(i) - ImGui::GetFrameHeight() / 2)});
  ImGui::SetNextItemWidth(lanes.names);
  if (!timeline.typing) {
    ImGui::SetWindowFocus();
    ImGui::SetKeyboardFocusHere();
  }
  const bool entered =
      ImGui::InputText("##rename", &timeline.name,
                       ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
  if (ImGui::IsItemActive()) timeline.typing = true;
  if (!entered && (!timeline.typing || ImGui::IsItemActive())) return;
  // The Esc key has put back what was there before.
  rename_branch(view, ui, branch.start.id, timeline.name);
  timeline.renamed = -1;
}

void forward_button(Ui& ui) {
  const bool on = ui.forward;
  const Pushed pushed{{ImGuiCol_Button, on ? colors.chosen : colors.raised},
                      {ImGuiCol_Border, on ? colors.accent : colors.edge}};
  if (plain_button(on ? "\xe2\x88\x92##forward" : "+##forward", px(22))) ui.forward = !ui.forward;
  tooltip(on ? "Takes the lane of the forward process away."
             : "Adds a lane to compare: the forward process, which makes noise of the picture.");
}

void forward_lane(const View& view, Ui& ui, PictureRenderer& pictures, const Lanes& lane) {
  const BranchId branch = ui.playhead.branch;
  const int picture = picture_of(*find_branch(view, branch), ui.playhead.picture);
  const bool here = ui.timeline.forward.has(view, branch, picture);
  if (!here)
    for (const int step : {0, lane.axis.steps}) ui.shown_small.push_back({branch, step, picture});
  draw_name(lane, 0, colors.dim, colors.dim, "Forward", "noise added");
  ImDrawList& list = *ImGui::GetWindowDrawList();
  film_strip(list, pictures, lane.axis, 0, lane.strip_top(0), lane.strip_bottom(0), [&](int step) {
    return ui.timeline.forward.at(view, {branch, step, picture});
  });
  const float x = std::round(lane.axis.centre(ui.playhead.step));
  list.AddLine({x, lane.top}, {x, lane.lane_top(1)}, faded(colors.bright, 0.35f), px(1));
  // Explained above the ruler, which it does not cover then.
  const ImVec2 max{lane.axis.right(), lane.lane_top(1)};
  if (ImGui::IsMouseHoveringRect({lane.left, lane.top}, max))
    tooltip_over({lane.left, lane.top - px(36)}, max, kForwardHelp);
}

}  // namespace stepwise::app
