#include <algorithm>
#include <cmath>

#include "error.h"
#include "panels/panels.h"
#include "panels/upkeep.h"
#include "range.h"
#include "view/edits.h"
#include "view/follow.h"
#include "widgets/controls.h"

namespace stepwise::app {
namespace {

constexpr float kTopBar = 44, kStatus = 28;
constexpr float kTimeline = 108;  // With one lane.
constexpr float kMiddle = 372;    // What the tools need.
constexpr float kCanvas = 300;    // Wide enough for the names of the four images.
constexpr Range<float> kToolsWidth{168, 200}, kTabsWidth{320, 348}, kSheet{150, 420};
static_assert(kToolsWidth.min + kCanvas + kTabsWidth.min <= kLeastWidth);
static_assert(kTopBar + kMiddle + kTimeline + kStatus <= kLeastHeight);

// A part of the window: `draw` inside a child of its own at that place. What all of it is filled
// with is the color of panels, so only what differs is painted: filling costs more than all the
// rest when a processor draws.
template <class Draw>
void part(const char* name, ImVec2 at, ImVec2 size, ImVec2 padding, Draw draw,
          ImGuiWindowFlags scrolling = ImGuiWindowFlags_NoScrollWithMouse |
                                       ImGuiWindowFlags_NoScrollbar) {
  ImGui::SetCursorScreenPos(at);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, padding);
  ImGui::BeginChild(
      name, {std::max(1.f, size.x), std::max(1.f, size.y)}, false,
      ImGuiWindowFlags_AlwaysUseWindowPadding | ImGuiWindowFlags_NoBackground | scrolling);
  ImGui::PopStyleVar();
  draw();
  ImGui::EndChild();
}

const TabInfo& chosen_tab(const Ui& ui) {
  const auto found = std::ranges::find(kTabs, ui.tab, &TabInfo::id);
  return found == kTabs.end() ? kTabs.front() : *found;
}

void tab_row(Ui& ui) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float line = ImGui::GetCursorScreenPos().y + ImGui::GetFrameHeight() + px(4);
  for (const TabInfo& tab : kTabs) {
    const bool on = &tab == &chosen_tab(ui);
    if (&tab != &kTabs.front()) ImGui::SameLine(0, px(18));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 size{ImGui::CalcTextSize(tab.label).x, ImGui::GetFrameHeight()};
    if (ImGui::InvisibleButton(tab.label, size)) ui.tab = tab.id;
    const bool hot = ImGui::IsItemHovered();
    list.AddText({at.x, at.y + (size.y - ImGui::GetFontSize()) / 2},
                 on || hot ? color::kText : color::kDim, tab.label);
    if (on) list.AddRectFilled({at.x, line - px(2)}, {at.x + size.x, line}, color::kAccent, px(1));
  }
  const ImVec2 at = ImGui::GetCursorScreenPos();
  list.AddLine({ImGui::GetWindowPos().x, line},
               {ImGui::GetWindowPos().x + ImGui::GetWindowWidth(), line}, color::kLine, px(1));
  ImGui::SetCursorScreenPos({at.x, line + px(2)});
}

void tabs(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  tab_row(ui);
  ImGui::BeginChild("tab", {0, 0}, false, ImGuiWindowFlags_None);
  ImGui::Dummy({0, px(2)});
  chosen_tab(ui).panel(view, ui, pictures, out);
  ImGui::EndChild();
}

// So many points or the share of the whole, within the range.
float share_of(float whole, float share, Range<float> points) {
  return std::round(std::clamp(whole * share, px(points.min), px(points.max)));
}

// Where everything lies. The side columns are narrower in a small window; where there is no room
// for a column of pictures beside the canvas, they become a row below it.
struct Layout {
  Layout(const View& view, const Ui& ui, ImVec2 whole)
      : size(whole),
        tools(share_of(size.x, 0.21f, kToolsWidth)),
        right(share_of(size.x, 0.35f, kTabsWidth)),
        timeline(std::min(timeline_height(view, ui),
                          std::max(px(kTimeline), size.y - top - status - px(kMiddle)))),
        middle(size.y - top - status - timeline),
        centre(size.x - tools - right),
        sheet(share_of(centre, 0.3f, kSheet)),
        beside(centre - sheet >= px(kCanvas)) {}

  ImVec2 size;
  float top = px(kTopBar), status = px(kStatus);
  float tools, right, timeline, middle, centre, sheet;
  bool beside;  // The pictures are a column beside the canvas.

  ImVec2 canvas() const {
    return beside ? ImVec2{centre - sheet, middle} : ImVec2{centre, middle - px(kPictureRow)};
  }
};

void lines(const Layout& l) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float bottom = l.top + l.middle, thin = std::max(1.f, px(1));
  list.AddRectFilled({l.tools, l.top}, {l.size.x - l.right, bottom}, color::kBackground);
  for (const float y : {l.top, bottom, l.size.y - l.status})
    list.AddRectFilled({0, y}, {l.size.x, y + thin}, color::kLine);
  for (const float x : {l.tools, l.size.x - l.right})
    list.AddRectFilled({x, l.top}, {x + thin, bottom}, color::kLine);
}

void parts(const Layout& l, const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  const ImVec2 inset{px(16), px(12)};
  part("top bar", {0, 0}, {l.size.x, l.top}, {px(16), px(8)},
       [&] { top_bar_panel(view, ui, out); });
  part(
      "tools", {0, l.top}, {l.tools, l.middle}, inset, [&] { tools_panel(view, ui, out); }, 0);
  // Before the canvas, which then shows the step a drag has come to in the same frame.
  part("timeline", {0, l.top + l.middle}, {l.size.x, l.timeline}, inset,
       [&] { timeline_panel(view, ui, pictures, out); });
  const ImVec2 canvas = l.canvas();
  part("canvas", {l.tools, l.top}, canvas, {px(16), px(10)},
       [&] { canvas_panel(view, ui, pictures, out); });
  if (l.beside)
    part("contact sheet", {l.tools + canvas.x, l.top}, {l.sheet, l.middle}, inset,
         [&] { contact_sheet_panel(view, ui, pictures); });
  else
    part("picture row", {l.tools, l.top + canvas.y}, {l.centre, px(kPictureRow)}, {px(16), 0},
         [&] { picture_row_panel(view, ui, pictures); });
  part("tabs", {l.size.x - l.right, l.top}, {l.right, l.middle}, inset,
       [&] { tabs(view, ui, pictures, out); });
  part("status", {0, l.size.y - l.status}, {l.size.x, l.status}, {px(16), px(7)},
       [&] { status_panel(view, ui, out); });
}

}  // namespace

std::string tab_ids() {
  std::string ids;
  for (const TabInfo& tab : kTabs)
    ids += text_of(&tab == &kTabs.front() ? "" : &tab == &kTabs.back() ? " or " : ", ", tab.id);
  return ids;
}

double fitting_scale(double wanted, ImVec2 pixels) {
  const double fits = std::min(pixels.x / kLeastWidth, pixels.y / kLeastHeight);
  if (wanted <= fits) return wanted;
  constexpr double kBody = kFontSizes[int(Font::kBody)];  // Type of whole pixels is sharp.
  return std::max(0.5, std::floor(fits * kBody + 1e-6) / kBody);
}

void workspace(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  follow(view, ui, ImGui::GetTime());
  if (!ImGui::IsAnyItemActive()) note_choices(view, ui);  // A drag is one change.
  upkeep(view, ui, out);
  keep_painting_true(view, ui);
  keep_preview_true(view, ui, out);
  shortcuts(view, ui, out);

  const ImVec2 size = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(size);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::Begin("workspace", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground |
                   ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNavInputs);
  ImGui::PopStyleVar(3);
  const Layout layout(view, ui, size);
  lines(layout);
  parts(layout, view, ui, pictures, out);
  ImGui::End();

  if (ui.log.open) {
    log_panel(view, ui.log);
    ui.log.news_seen = view.news;
  }
  help_panel(ui);
}

}  // namespace stepwise::app
