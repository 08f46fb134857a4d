#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "panels/panels.h"
#include "view/edits.h"
#include "view/follow.h"
#include "view/quantities.h"
#include "view/trees.h"
#include "widgets/controls.h"
#include "widgets/film_strip.h"

namespace stepwise::app {
namespace {

constexpr float kNames = 128;  // Width of the column of branch names.
constexpr float kRuler = 32;
constexpr float kPadding = 28;  // Around all of it.

// Pictures grow with the window.
float lane_height() {
  return std::round(std::clamp(ImGui::GetIO().DisplaySize.y * 0.068f, px(48), px(84)));
}

struct Lanes {
  std::vector<const Branch*> branches;  // Of the tree on screen, one a lane.
  StepAxis axis;
  float top = 0;  // Of the first lane, on screen.
  float height = lane_height();

  float lane_top(int i) const { return top + float(i) * height; }
  float middle(int i) const { return lane_top(i) + height / 2; }
  int of(BranchId id) const {
    for (int i = 0; i < int(branches.size()); ++i)
      if (branches[i]->start.id == id) return i;
    return 0;
  }
};

void draw_name(ImDrawList& list, const View& view, const Ui& ui, const Lanes& lanes, int i,
               float left) {
  const Branch& branch = *lanes.branches[i];
  const bool chosen = branch.start.id == ui.playhead.branch;
  const float y = lanes.middle(i);
  const float line = ImGui::GetFontSize();
  list.AddCircleFilled({left + px(5), y - line / 2}, px(4), hue(i), 16);
  const std::string name = branch.start.parent < 0 ? "Sample" : text_of("Edit ", i);
  list.AddText(font(Font::kBody), line, {left + px(16), std::round(y - line)},
               chosen ? color::kText : color::kDim, name.c_str());
  const int picture = picture_of(branch, ui.playhead.picture);
  std::string words = class_name(view, branch.start.model, condition_at(branch, picture));
  if (branch.start.parent >= 0) words += text_of("  from ", branch.start.fork);
  ImFont& small = *font(Font::kCaption);
  list.AddText(&small, small.FontSize, {left + px(16), std::round(y + px(2))}, color::kFaint,
               words.c_str());
}

// From the parent's frame down to the child's first one.
void draw_fork(ImDrawList& list, const Lanes& lanes, int i) {
  const Branch& branch = *lanes.branches[i];
  if (branch.start.parent < 0) return;
  const int parent = lanes.of(branch.start.parent);
  const float x = lanes.axis.centre(branch.start.fork) - lanes.axis.cell * 0.5f - px(1);
  const float from = lanes.lane_top(parent + 1) - px(4), to = lanes.middle(i);
  const float bend = std::min(px(14), lanes.axis.cell * 0.5f);
  list.PathLineTo({x - bend, from});
  list.PathLineTo({x - bend, to - bend});
  list.PathBezierQuadraticCurveTo({x - bend, to}, {x, to}, 8);
  list.PathStroke(hue(i), 0, px(2));
  list.AddCircleFilled({x - bend, from}, px(3), hue(i), 12);
}

void draw_lane(ImDrawList& list, const View& view, const Ui& ui, PictureRenderer& pictures,
               const Lanes& lanes, int i) {
  const Branch& branch = *lanes.branches[i];
  const bool chosen = branch.start.id == ui.playhead.branch;
  const float top = lanes.lane_top(i);
  const float left = lanes.axis.centre(branch.start.fork) - lanes.axis.cell / 2;
  if (chosen)
    list.AddRectFilled({left - px(2), top + px(1)},
                       {lanes.axis.right() + px(2), top + lanes.height - px(1)},
                       faded(hue(i), 0.14f), px(4));
  const int picture = picture_of(branch, ui.playhead.picture);
  film_strip(list, pictures, lanes.axis, branch.start.fork, top + px(4), top + lanes.height - px(4),
             [&](int step) {
               return shown_quantity(view, branch.start.id, step, picture, Quantity::kGuess);
             });
}

// A mark wherever a painting waits to be resampled.
void draw_painting_marks(ImDrawList& list, const Ui& ui, const Lanes& lanes) {
  for (const auto& [place, layers] : ui.history.now().paintings) {
    const auto lane = std::ranges::find(lanes.branches, place.branch,
                                        [](const Branch* b) { return b->start.id; });
    if (lane == lanes.branches.end()) continue;
    const float x = lanes.axis.centre(place.step);
    const float y = lanes.lane_top(int(lane - lanes.branches.begin())) + px(5);
    list.AddCircleFilled({x, y}, px(4), color::kWarning, 16);
  }
}

void draw_playhead(ImDrawList& list, const Ui& ui, const Lanes& lanes, float top, float bottom) {
  const float x = std::round(lanes.axis.centre(ui.playhead.step));
  const int lane = lanes.of(ui.playhead.branch);
  const float half = std::max(px(4), std::min(lanes.axis.cell, lanes.height - px(8)) / 2);
  const ImVec2 min{x - half, lanes.lane_top(lane) + px(3)};
  const ImVec2 max{x + half, lanes.lane_top(lane + 1) - px(3)};
  list.AddLine({x, top}, {x, min.y}, faded(color::kBright, 0.35f), px(1));
  list.AddLine({x, max.y}, {x, bottom}, faded(color::kBright, 0.35f), px(1));
  list.AddRect(min, max, color::kBright, px(3), 0, px(2));
}

void draw_handle(ImDrawList& list, const StepAxis& axis, int step, float bottom) {
  const float x = std::round(axis.centre(step)), w = px(6);
  const ImVec2 points[] = {{x - w, bottom - px(14)},
                           {x + w, bottom - px(14)},
                           {x + w, bottom - px(6)},
                           {x, bottom},
                           {x - w, bottom - px(6)}};
  list.AddConvexPolyFilled(points, 5, color::kBright);
}

void scrub(const View& view, Ui& ui, const StepAxis& axis) {
  if (ImGui::IsItemActive()) go_to(view, ui, axis.step_at(ImGui::GetIO().MousePos.x));
}

// A press takes the playhead to a lane and a step, a drag moves it on along the lane.
void choose_lane(const View& view, Ui& ui, const Lanes& lanes) {
  if (ImGui::IsItemActivated()) {
    const float y = ImGui::GetIO().MousePos.y;
    const int last = int(lanes.branches.size()) - 1;
    const Branch& branch =
        *lanes.branches[std::clamp(int((y - lanes.top) / lanes.height), 0, last)];
    ui.playhead.picture = picture_of(branch, ui.playhead.picture);
    ui.playhead.branch = branch.start.id;
  }
  scrub(view, ui, lanes.axis);
}

void draw_ruler(const View& view, Ui& ui, const StepAxis& axis, float left) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Branch& branch = *find_branch(view, ui.playhead.branch);
  const float top = ImGui::GetCursorScreenPos().y, bottom = top + px(kRuler);
  ImGui::SetCursorScreenPos({left, top});
  if (plain_button(ui.playhead.playing ? "Pause" : "Play", px(56)))
    toggle_playing(view, ui, ImGui::GetTime());
  tooltip("Runs through the steps.", "Space; one step: Left, Right; ends: Home, End");
  ImFont& small = *font(Font::kCaption);
  list.AddText(&small, small.FontSize, {left + px(68), top + px(6)}, color::kDim, "noise \xcf\x83");

  ImGui::SetCursorScreenPos({axis.left, top});
  ImGui::InvisibleButton("ruler", {axis.right() - axis.left, px(kRuler)});
  scrub(view, ui, axis);
  sigma_ruler(list, axis, branch.start.sigmas, top, bottom - px(4));
  draw_handle(list, axis, ui.playhead.step, bottom);
}

}  // namespace

float timeline_height(const View& view, const Ui& ui) {
  const auto tree = tree_of(view, ui, ui.playhead.branch);
  const float lanes = lane_height() * float(std::max<std::size_t>(2, tree.size()));
  return std::round(std::min(px(kPadding + kRuler) + lanes, ImGui::GetIO().DisplaySize.y * 0.34f));
}

void timeline_panel(const View& view, Ui& ui, PictureRenderer& pictures, Commands&) {
  const Branch* branch = find_branch(view, ui.playhead.branch);
  if (!branch) {
    text("The steps from noise to picture will be shown here.", color::kFaint);
    return;
  }
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float scrollbar = ImGui::GetStyle().ScrollbarSize;
  const float right = at.x + ImGui::GetContentRegionAvail().x - scrollbar;
  const StepAxis axis = step_axis(at.x + px(kNames), right, branch->steps());
  draw_ruler(view, ui, axis, at.x);

  ImGui::SetCursorScreenPos({at.x, at.y + px(kRuler)});
  ImGui::BeginChild("lanes");
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Lanes lanes{tree_of(view, ui, branch->start.id), axis, ImGui::GetCursorScreenPos().y};
  const int count = int(lanes.branches.size());
  ImGui::InvisibleButton("lanes",
                         {axis.right() - at.x, std::max(1.f, lanes.height * float(count))});
  choose_lane(view, ui, lanes);
  const float top = list.GetClipRectMin().y, bottom = list.GetClipRectMax().y;
  for (int i = 0; i < count; ++i) {
    draw_fork(list, lanes, i);
    if (lanes.lane_top(i + 1) < top || lanes.lane_top(i) > bottom) continue;
    draw_lane(list, view, ui, pictures, lanes, i);
    draw_name(list, view, ui, lanes, i, at.x);
  }
  draw_painting_marks(list, ui, lanes);
  draw_playhead(list, ui, lanes, top, bottom);
  if (ui.follow.moving && ui.follow.newest == ui.playhead.branch)
    ImGui::SetScrollFromPosY(lanes.middle(lanes.of(ui.playhead.branch)) - ImGui::GetWindowPos().y);
  ImGui::EndChild();
}

}  // namespace stepwise::app
