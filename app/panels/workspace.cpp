#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "first_of.h"
#include "panels/panels.h"
#include "panels/part.h"
#include "panels/upkeep.h"
#include "range.h"
#include "view/begin.h"
#include "view/edits.h"
#include "view/follow.h"
#include "view/live.h"
#include "widgets/controls.h"
#include "widgets/keys.h"

namespace stepwise::app {
namespace {

constexpr float kTopBar = 40, kStatus = 24;
constexpr Range<float> kRight{288, 348};
constexpr float kLeastMiddle = 336;  // What the timeline leaves to the rest, as far as it can.
constexpr float kGrip = 16;          // Of the timeline: where the mouse can take hold of it.

// So many points or the share of the whole, within the range.
float share_of(float whole, float share, Range<float> points) {
  return std::round(std::clamp(whole * share, px(points.min), px(points.max)));
}

// Where the panels lie. The side columns are narrower in a small window, the height of what is at
// the bottom is chosen by hand, and the centre has the rest.
struct Layout {
  Layout(const WorkspaceInfo& of, const Ui& ui, ImVec2 whole) : size(whole) {
    if (!ui.folded) {
      left = share_of(size.x, 0.14f, of.left_width);
      right = right_width(size.x);
      if (of.bottom) bottom = std::clamp(px(ui.timeline.height), least_bottom(), most_bottom());
    }
    middle = size.y - top - status - bottom;
    centre = size.x - left - right;
  }

  static float least_bottom() { return px(kTimelineHeights.min); }
  float most_bottom() const {
    return std::max(least_bottom(), size.y - top - status - px(kLeastMiddle));
  }

  ImVec2 size;
  float top = px(kTopBar), status = px(kStatus);
  float left = 0, right = 0, bottom = 0, middle, centre;
};

void lines(const Layout& l) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float under = l.top + l.middle, thin = std::max(1.f, px(1));
  list.AddRectFilled({l.left, l.top}, {l.size.x - l.right, under}, colors.background);
  for (const float y : {l.top, under, l.size.y - l.status})
    list.AddRectFilled({0, y}, {l.size.x, y + thin}, colors.line);
  for (const float x : {l.left, l.size.x - l.right})
    list.AddRectFilled({x, l.top}, {x + thin, under}, colors.line);
}

// Follows the mouse that holds the upper edge of the timeline.
void drag_edge(const Layout& l, Ui& ui) {
  mouse_area("edge", ImGui::GetContentRegionAvail());
  const bool held = ImGui::IsItemActive();
  if (held) {
    const float wanted = l.size.y - l.status - ImGui::GetIO().MousePos.y;
    ui.timeline.height =
        std::clamp(wanted, Layout::least_bottom(), l.most_bottom()) / (px(1000) / 1000);
  }
  if (!held && !ImGui::IsItemHovered()) return;
  ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeNS);
  const float y = l.top + l.middle;
  ImGui::GetWindowDrawList()->AddRectFilled({0, y - px(1)}, {l.size.x, y + px(1)},
                                            held ? colors.accent : colors.dim);
}

void parts(const WorkspaceInfo& of, const Layout& l, const View& view, Ui& ui,
           PictureRenderer& pictures, Commands& out) {
  const auto draw = [&](Panel* panel) { return [&, panel] { panel(view, ui, pictures, out); }; };
  const ImVec2 inset{px(10), px(8)};
  const float under = l.top + l.middle;
  part("top bar", {0, 0}, {l.size.x, l.top}, {px(12), px(7)},
       [&] { top_bar_panel(view, ui, out); });
  // Before the canvas, which then shows the step a drag has come to in the same frame.
  if (l.bottom > 0)
    part("timeline", {0, under}, {l.size.x, l.bottom}, {px(12), px(6)}, draw(of.bottom));
  ImGui::PushID(of.key);  // Each workspace finds its panels scrolled as they were left.
  if (l.left > 0) part("left", {0, l.top}, {l.left, l.middle}, inset, draw(of.left), 0);
  const bool paints = of.centre == paint_panel;  // It has parts of its own.
  part("centre", {l.left, l.top}, {l.centre, l.middle}, paints ? ImVec2{0, 0} : inset,
       draw(of.centre), paints ? kStill : 0);
  if (l.right > 0)
    part("right", {l.size.x - l.right, l.top}, {l.right, l.middle}, inset, draw(of.right), 0);
  ImGui::PopID();
  part("status", {0, l.size.y - l.status}, {l.size.x, l.status}, {px(12), px(5)},
       [&] { status_panel(view, ui, out); });
  if (l.bottom > 0)
    part("timeline's edge", {0, under - px(kGrip / 2)}, {l.size.x, px(kGrip)}, {0, 0},
         [&] { drag_edge(l, ui); });
}

}  // namespace

float right_width(float window) { return share_of(window, 0.25f, kRight); }

std::string workspace_ids() {
  const std::span all(kWorkspaces);
  return text_of(joined(all.first(all.size() - 1), &WorkspaceInfo::id), " or ", all.back().id);
}

const WorkspaceInfo& workspace_of(const Ui& ui) {
  const auto found = std::ranges::find(kWorkspaces, ui.workspace, &WorkspaceInfo::id);
  return found == kWorkspaces.end() ? kWorkspaces.front() : *found;
}

double usual_scale(double content_scale, ImVec2 pixels) {
  constexpr double kUsualWidth = 1920, kUsualHeight = 1080, kSteps = 5;  // Type of 15, 18, 21, ...
  const double room =
      std::min(pixels.x / kUsualWidth, pixels.y / kUsualHeight) / content_scale;  // 1: as usual.
  return content_scale * std::max(1., std::floor(room * kSteps + 1e-6) / kSteps);
}

double fitting_scale(double wanted, ImVec2 pixels) {
  const double fits = std::min(pixels.x / kLeastWidth, pixels.y / kLeastHeight);
  if (wanted <= fits) return wanted;
  constexpr double kBody = kFontSizes[int(Font::kBody)];  // Type of whole pixels is sharp.
  return std::max(0.5, std::floor(fits * kBody + 1e-6) / kBody);
}

void workspace(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  follow(view, ui, ImGui::GetTime());
  const bool held = ImGui::IsAnyItemActive();
  if (!held) note_choices(view, ui);  // A drag is one change.
  const bool wipes = ImGui::GetIO().KeyShift;
  ui.compare.whole = std::exchange(ui.compare.hovered, false) || (key_down(Key('C')) && !wipes);
  ui.compare.wiped = key_down(Key('C')) && wipes;
  if (trouble_with(ui.sample).empty())
    draw_live(view, ui, new_tree(view, ui), ImGui::GetTime(), held, out);
  upkeep(view, ui, out);
  lock_around_mask(view, ui, out);
  keep_painting_true(view, ui);
  ask_preview(view, ui, out);
  ask_ahead(view, ui, out);
  keep_files_going(view, ui, out);
  shortcuts(view, ui, out);
  ui.canvas_words = {};
  ui.shown_small.clear();

  const ImVec2 size = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(size);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::Begin("workspace", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground |
                   ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBringToFrontOnFocus |
                   (keys_walk() ? ImGuiWindowFlags_None : ImGuiWindowFlags_NoNavInputs));
  ImGui::PopStyleVar(3);
  const WorkspaceInfo& shown = workspace_of(ui);
  const Layout layout(shown, ui, size);
  if (ui.presentation.on) {
    presentation_panel(view, ui, pictures, out);
  } else {
    lines(layout);
    parts(shown, layout, view, ui, pictures, out);
  }
  ImGui::End();

  if (!ui.presentation.on) tour_panel(view, ui);
  save_menu(view, ui);
  chooser_panel(view, ui);
  picture_panel(view, ui, pictures);
  log_panel(view, ui.log);
  help_panel(ui);
}

}  // namespace stepwise::app
