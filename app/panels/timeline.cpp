#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "panels/part.h"
#include "panels/terms.h"
#include "panels/timeline_parts.h"
#include "view/edits.h"
#include "view/follow.h"
#include "view/quantities.h"
#include "view/trees.h"
#include "widgets/controls.h"
#include "widgets/level_color.h"
#include "widgets/star.h"

namespace stepwise::app {
namespace {

constexpr Range<float> kNames{84, 118};  // Width of the column of branch names.
constexpr float kGutter = 20;            // Between the names and the steps, for lines of forks.
constexpr float kRuler = 28;
constexpr Range<float> kLane{40, 84};  // Height of one.

// Two lanes are in view at first; a higher timeline has larger pictures, then more lanes.
float lane_height(float room) {
  return std::round(std::clamp(std::floor(room / 2), px(kLane.min), px(kLane.max)));
}

void draw_name_of(const View& view, const Ui& ui, const Lanes& lanes, int i, bool hovered) {
  const Branch& branch = *lanes.branches[i];
  const bool bright = hovered || branch.start.id == ui.playhead.branch;
  const int picture = picture_of(branch, ui.playhead.picture);
  std::string words = class_name(view, branch.start.model, condition_at(branch, picture));
  if (branch.start.parent >= 0) words = text_of("from ", branch.start.fork, "  ", words);
  draw_name(lanes, i, hue(i), bright ? colors.text : colors.dim, branch_name(view, ui, branch),
            words);
  if (!ui.starred.contains(branch.start.id)) return;
  const float y = lanes.middle(i) - ImGui::GetFontSize() / 2;
  draw_star(*ImGui::GetWindowDrawList(), {lanes.left + px(5), y}, px(6), colors.warning);
}

// How many lanes above leave their parents at the same step.
int forks_above(const Lanes& lanes, int i) {
  int count = 0;
  for (int k = 0; k < i; ++k) {
    const BranchStarted& other = lanes.branches[k]->start;
    count += other.parent >= 0 && other.fork == lanes.branches[i]->start.fork;
  }
  return count;
}

// From below the parent's frame down to the child's first one.
void draw_fork(ImDrawList& list, const Lanes& lanes, int i) {
  const Branch& branch = *lanes.branches[i];
  if (branch.start.parent < 0) return;
  const float side = film_side(lanes.axis, lanes.strip_bottom(i) - lanes.strip_top(i));
  const float x = fork_x(lanes.axis, side, branch.start.fork, forks_above(lanes, i));
  const float from = lanes.strip_bottom(lanes.of(branch.start.parent)), to = lanes.middle(i);
  const float bend = px(5);
  list.PathLineTo({x, from});
  list.PathLineTo({x, to - bend});
  list.PathBezierQuadraticCurveTo({x, to}, {x + bend, to}, 8);
  const float first = lanes.axis.centre(branch.start.fork) - side / 2;
  if (first > x + bend) list.PathLineTo({first, to});
  list.PathStroke(hue(i), 0, px(2));
  list.AddCircleFilled({x, from}, px(3), hue(i), 12);
}

// The steps as the chosen layer shows them. Where that takes more than has come, the guess stands
// for it, dimmed.
void draw_strip(ImDrawList& list, const View& view, Ui& ui, PictureRenderer& pictures,
                const Lanes& lanes, int i) {
  const BranchStarted& start = lanes.branches[i]->start;
  const int picture = picture_of(*lanes.branches[i], ui.playhead.picture);
  bool stands_in = false;  // The picture that was asked for last.
  film_strip(
      list, pictures, lanes.axis, start.fork, lanes.strip_top(i), lanes.strip_bottom(i),
      [&](int step) {
        const Place place{start.id, step, picture};
        if (needs_full(ui.quantity)) ui.shown_small.push_back(place);
        const Shown shown = shown_among_steps(view, place, ui.quantity);
        stands_in = !shown;
        return shown ? shown : shown_among_steps(view, place, Quantity::kGuess);
      },
      [&](int) { return stands_in; });
}

void draw_lane(ImDrawList& list, const View& view, Ui& ui, PictureRenderer& pictures,
               const Lanes& lanes, int i) {
  const Branch& branch = *lanes.branches[i];
  const bool chosen = branch.start.id == ui.playhead.branch;
  const float top = lanes.lane_top(i);
  const float left = lanes.axis.centre(branch.start.fork) - lanes.axis.cell / 2;
  if (chosen)
    list.AddRectFilled({left - px(2), top + px(1)},
                       {lanes.axis.right() + px(2), top + lanes.height - px(1)},
                       faded(hue(i), 0.14f), px(4));
  draw_strip(list, view, ui, pictures, lanes, i);
}

// A mark wherever a painting waits to be resampled.
void draw_painting_marks(ImDrawList& list, const Ui& ui, const Lanes& lanes) {
  for (const auto& [place, layers] : ui.history.now().paintings) {
    const auto lane = std::ranges::find(lanes.branches, place.branch,
                                        [](const Branch* b) { return b->start.id; });
    if (lane == lanes.branches.end()) continue;
    const float x = lanes.axis.centre(place.step);
    const float y = lanes.lane_top(int(lane - lanes.branches.begin())) + px(5);
    list.AddCircleFilled({x, y}, px(4), colors.warning, 16);
  }
}

// Around the picture on the canvas, in the lane of the branch that computed it.
void draw_playhead(ImDrawList& list, const View& view, const Ui& ui, const Lanes& lanes, float top,
                   float bottom) {
  const Playhead& at = ui.playhead;
  const float x = std::round(lanes.axis.centre(at.step));
  const BranchId owner = lookup(view, at.branch, at.step, at.picture).owner;
  const int lane = lanes.of(owner < 0 ? at.branch : owner);
  const float side = film_side(lanes.axis, lanes.strip_bottom(lane) - lanes.strip_top(lane));
  const float middle = frame_for(lanes.axis, side, at.step).middle;
  const ImVec2 min{std::round(middle - side / 2), lanes.middle(lane) - side / 2 - px(1)};
  const ImVec2 max{min.x + side, lanes.middle(lane) + side / 2 + px(1)};
  list.AddLine({x, top}, {x, min.y}, faded(colors.bright, 0.35f), px(1));
  list.AddLine({x, max.y}, {x, bottom}, faded(colors.bright, 0.35f), px(1));
  list.AddRect(min, max, colors.bright, px(3), 0, px(2));
}

void draw_handle(ImDrawList& list, const StepAxis& axis, int step, float bottom) {
  const float x = std::round(axis.centre(step)), w = px(6);
  const ImVec2 points[] = {{x - w, bottom - px(14)},
                           {x + w, bottom - px(14)},
                           {x + w, bottom - px(6)},
                           {x, bottom},
                           {x - w, bottom - px(6)}};
  list.AddConvexPolyFilled(points, 5, colors.bright);
}

void scrub(const View& view, Ui& ui, const StepAxis& axis) {
  if (ImGui::IsItemActive()) go_to(view, ui, axis.step_at(ImGui::GetIO().MousePos.x));
}

// To another branch at the same step.
void choose_branch(const View& view, Ui& ui, const Branch& branch) {
  go_to(view, ui, branch.start.id, ui.playhead.step, picture_of(branch, ui.playhead.picture));
}

// The names are buttons: each chooses its branch and leaves the playhead where it is; a double
// click renames it. Returns the lane whose name the mouse is over, or -1.
int names(const View& view, Ui& ui, const Lanes& lanes, Commands& out) {
  int hovered = -1;
  for (int i = 0; i < int(lanes.branches.size()); ++i) {
    const Branch& branch = *lanes.branches[std::size_t(i)];
    ImGui::PushID(int(branch.start.id));
    if (branch.start.id == ui.timeline.renamed) {
      rename_field(view, ui, branch, lanes, i);
    } else {
      ImGui::SetCursorScreenPos({lanes.left, lanes.lane_top(i)});
      if (ImGui::InvisibleButton("name", {lanes.names, std::max(1.f, lanes.height)}))
        choose_branch(view, ui, branch);
      if (ImGui::IsItemHovered()) hovered = i;
      if (ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(0)) begin_rename(view, ui, branch);
      branch_menu(view, ui, branch.start.id, out);
    }
    ImGui::PopID();
  }
  return hovered;
}

// A press takes the playhead to a lane and a step, a drag moves it on along the lane.
void strips(const View& view, Ui& ui, const Lanes& lanes, Commands& out) {
  const float height = lanes.height * float(lanes.branches.size());
  ImGui::SetCursorScreenPos({lanes.axis.left, lanes.top});
  mouse_area("lanes", {lanes.axis.right() - lanes.axis.left, std::max(1.f, height)});
  if (ImGui::IsItemActivated())
    choose_branch(view, ui, *lanes.branches[lanes.at(ImGui::GetIO().MousePos.y)]);
  scrub(view, ui, lanes.axis);
  if (ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenBlockedByPopup) && ImGui::IsMouseReleased(1))
    ui.timeline.pointed = lanes.branches[lanes.at(ImGui::GetIO().MousePos.y)]->start.id;
  branch_menu(view, ui, ui.timeline.pointed, out);
}

// Brings the lane of the playhead into view when it has become another one.
void scroll_to_lane(Ui& ui, const Lanes& lanes) {
  if (ui.timeline.seen == ui.playhead.branch) return;
  ui.timeline.seen = ui.playhead.branch;
  const int lane = lanes.of(ui.playhead.branch);
  const float scroll = ImGui::GetScrollY(), room = ImGui::GetWindowHeight();
  const float above = lanes.lane_top(lane) - ImGui::GetWindowPos().y + scroll;
  const float below = above + lanes.height;
  if (above < scroll) ImGui::SetScrollY(above);
  if (below > scroll + room) ImGui::SetScrollY(below - room);
}

void draw_lanes(const View& view, Ui& ui, PictureRenderer& pictures, const Lanes& lanes,
                Commands& out) {
  const int count = int(lanes.branches.size());
  const int hovered = names(view, ui, lanes, out);
  strips(view, ui, lanes, out);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float top = list.GetClipRectMin().y, bottom = list.GetClipRectMax().y;
  for (int i = 0; i < count; ++i) draw_fork(list, lanes, i);
  for (int i = 0; i < count; ++i) {
    if (lanes.lane_top(i + 1) < top || lanes.lane_top(i) > bottom) continue;
    draw_lane(list, view, ui, pictures, lanes, i);
    if (lanes.branches[i]->start.id != ui.timeline.renamed)
      draw_name_of(view, ui, lanes, i, i == hovered);
  }
  draw_painting_marks(list, ui, lanes);
  draw_playhead(list, view, ui, lanes, top, bottom);
  scroll_to_lane(ui, lanes);
}

void play_menu(Ui& ui) {
  if (!ImGui::BeginPopupContextItem()) return;
  for (const double speed : {0.25, 0.5, 1., 2., 4.})
    if (ImGui::Selectable(text_of(speed, " times as fast").c_str(), ui.play_speed == speed))
      ui.play_speed = speed;
  ImGui::Checkbox("Again and again", &ui.loop);
  ImGui::EndPopup();
}

// What the colors on a picture that goes back stand for.
void color_ruler(ImDrawList& list, const StepAxis& axis, const std::vector<double>& sigmas,
                 float y) {
  for (int k = 0; k + 1 < int(sigmas.size()); ++k) {
    const double here = sigmas[std::size_t(k)], next = sigmas[std::size_t(k) + 1];
    if (next > 0) level_bar(list, {axis.centre(k), y}, {axis.centre(k + 1), y + px(3)}, here, next);
  }
}

// A bell before the first level: what lies above it was known without the network.
void draw_bell(const StepAxis& axis, float top, float bottom) {
  constexpr int kPoints = 17;
  const float width = px(16), height = px(9), foot = top + px(12),
              middle = axis.left + width / 2 + px(3);
  std::vector<ImVec2> curve;
  for (int i = 0; i < kPoints; ++i) {
    const float x = 2 * float(i) / (kPoints - 1) - 1;
    curve.emplace_back(middle + x * width / 2, foot - height * std::exp(-4 * x * x));
  }
  ImGui::GetWindowDrawList()->AddPolyline(curve.data(), kPoints, colors.dim, 0, px(1.5f));
  tooltip_over({axis.left, top}, {axis.left + width + px(8), bottom},
               "Begins here with noise in the shape of a Gaussian of its class: down to this level "
               "the way was known without the network.");
}

void draw_ruler(const View& view, Ui& ui, const StepAxis& axis, float left) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Branch& branch = *find_branch(view, ui.playhead.branch);
  const float top = ImGui::GetCursorScreenPos().y, bottom = top + px(kRuler);
  ImGui::SetCursorScreenPos({left, top});
  if (plain_button(ui.playhead.playing ? "Pause" : "Play", px(56)))
    toggle_playing(view, ui, ImGui::GetTime());
  tooltip("Runs through the steps. A right click sets how fast, and whether again and again.",
          "Space; one step: Left, Right; ends: Home, End");
  play_menu(ui);
  const bool severity = has_severity(branch.start.degradation);
  if (!severity) {
    ImGui::SameLine(0, px(4));
    forward_button(ui);
  }
  const float before = ImGui::GetItemRectMax().x + px(4);
  const std::array words = severity ? std::array{"severity", ""} : std::array{"noise σ", "σ"};
  for (const char* what : words) {
    const float x = axis.left - px(4) - width_of(what, Font::kCaption);
    if (x < before) continue;
    draw_text(list, {x, top + px(6)}, Font::kCaption, colors.dim, what);
    tooltip_over({x, top}, {axis.left, bottom},
                 help_of(severity ? "severity" : "σ", "It falls from left to right.").c_str());
    break;
  }

  border_handle(view, ui, axis, branch, top, bottom);
  ImGui::SetCursorScreenPos({axis.left, top});
  mouse_area("ruler", {axis.right() - axis.left, px(kRuler)});
  scrub(view, ui, axis);
  level_ruler(list, axis, branch.start, top, bottom - px(4));
  if (goes_back(view, ui)) color_ruler(list, axis, branch.start.sigmas, bottom - px(3));
  if (!severity && branch.start.settings.begin == stepwise::Beginning::kGaussian)
    draw_bell(axis, top, bottom);
  draw_handle(list, axis, ui.playhead.step, bottom);
}

}  // namespace

void timeline_panel(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  const Branch* branch = find_branch(view, ui.playhead.branch);
  if (!branch) {
    text("The steps from noise to picture will be shown here.", colors.dim);
    return;
  }
  const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  const float scrollbar = ImGui::GetStyle().ScrollbarSize;
  const float names_width = std::clamp(room.x * 0.1f, px(kNames.min), px(kNames.max));
  const StepAxis axis =
      step_axis(at.x + names_width + px(kGutter), at.x + room.x - scrollbar, branch->steps());
  draw_ruler(view, ui, axis, at.x);

  float above = px(kRuler);
  if (ui.quantity == Quantity::kChange) {
    added_row(view, ui, {{}, axis, at.x, names_width, at.y + above, px(kAddedHeight)}, out);
    above += px(kAddedHeight);
  }
  ImGui::SetCursorScreenPos({at.x, at.y + above});
  const float height = lane_height(room.y - above);
  Lanes lanes{{}, axis, at.x, names_width, at.y + above, height};
  // It stays where it is while the others scroll, where there is room for one of them.
  const bool stays = room.y - above >= 2 * height;
  const auto forward = [&] {
    forward_lane(view, ui, pictures, lanes);
    lanes.top += height;
    ImGui::SetCursorScreenPos({at.x, lanes.top});
  };
  const bool shown = ui.forward && !has_severity(branch->start.degradation);
  if (shown && stays) forward();
  ImGui::BeginChild("lanes", {0, 0}, false, keys_are_ours());
  lanes.top = ImGui::GetCursorScreenPos().y;
  if (shown && !stays) forward();
  lanes.branches = tree_of(view, ui, branch->start.id);
  draw_lanes(view, ui, pictures, lanes, out);
  ImGui::EndChild();
}

}  // namespace stepwise::app
