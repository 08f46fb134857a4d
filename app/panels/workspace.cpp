#include <algorithm>
#include <cmath>

#include "panels/panels.h"
#include "view/follow.h"
#include "widgets/controls.h"

namespace stepwise {
namespace {

constexpr float kTopBar = 44, kStatus = 28, kTools = 200, kTabsWidth = 348;

// A part of the window: `draw` inside a child of its own at that place. What all of it is filled
// with is the colour of panels, so only what differs is painted: filling costs more than all the
// rest when a processor draws.
template <class Draw>
void part(const char* name, ImVec2 at, ImVec2 size, ImVec2 padding, Draw draw) {
  ImGui::SetCursorScreenPos(at);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, padding);
  ImGui::BeginChild(name, {std::max(1.f, size.x), std::max(1.f, size.y)}, false,
                    ImGuiWindowFlags_AlwaysUseWindowPadding | ImGuiWindowFlags_NoScrollWithMouse |
                        ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoBackground);
  ImGui::PopStyleVar();
  draw();
  ImGui::EndChild();
}

void tab_row(Ui& ui) {
  static constexpr const char* kLabels[] = {"Sample", "Train", "Noise lab", "Runs"};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float line = ImGui::GetCursorScreenPos().y + ImGui::GetFrameHeight() + px(4);
  for (int i = 0; i < 4; ++i) {
    const bool on = int(ui.tab) == i;
    if (i > 0) ImGui::SameLine(0, px(18));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 size{ImGui::CalcTextSize(kLabels[i]).x, ImGui::GetFrameHeight()};
    if (ImGui::InvisibleButton(kLabels[i], size)) ui.tab = Tab(i);
    const bool hot = ImGui::IsItemHovered();
    list.AddText({at.x, at.y + (size.y - ImGui::GetFontSize()) / 2},
                 on || hot ? colour::kText : colour::kDim, kLabels[i]);
    if (on) list.AddRectFilled({at.x, line - px(2)}, {at.x + size.x, line}, colour::kAccent, px(1));
  }
  const ImVec2 at = ImGui::GetCursorScreenPos();
  list.AddLine({ImGui::GetWindowPos().x, line},
               {ImGui::GetWindowPos().x + ImGui::GetWindowWidth(), line}, colour::kLine, px(1));
  ImGui::SetCursorScreenPos({at.x, line + px(2)});
}

void tabs(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  tab_row(ui);
  ImGui::BeginChild("tab", {0, 0}, false, ImGuiWindowFlags_None);
  ImGui::Dummy({0, px(2)});
  switch (ui.tab) {
    case Tab::kSample:
      sample_panel(view, ui, out);
      break;
    case Tab::kTrain:
      train_panel(view, ui, pictures, out);
      break;
    case Tab::kNoiseLab:
      noise_lab_panel(view, ui, pictures, out);
      break;
    case Tab::kRuns:
      runs_panel(view, ui, out);
      break;
  }
  ImGui::EndChild();
}

}  // namespace

void workspace(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  follow(view, ui, ImGui::GetTime());
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

  const float top = px(kTopBar), status = px(kStatus), tools = px(kTools);
  const float right = std::min(px(kTabsWidth), size.x * 0.35f);
  const float timeline = timeline_height(view);
  const float middle = size.y - top - status - timeline;
  const float centre = size.x - tools - right;
  const float sheet = std::round(std::clamp(centre * 0.3f, px(150), px(420)));
  const ImVec2 inset{px(16), px(12)};

  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled({tools, top}, {size.x - right, top + middle}, colour::kBackground);
  const float thin = std::max(1.f, px(1));
  list.AddRectFilled({0, top}, {size.x, top + thin}, colour::kLine);
  list.AddRectFilled({0, top + middle}, {size.x, top + middle + thin}, colour::kLine);
  list.AddRectFilled({0, size.y - status}, {size.x, size.y - status + thin}, colour::kLine);
  list.AddRectFilled({tools, top}, {tools + thin, top + middle}, colour::kLine);
  list.AddRectFilled({size.x - right, top}, {size.x - right + thin, top + middle}, colour::kLine);

  part("top bar", {0, 0}, {size.x, top}, {px(16), px(8)}, [&] { top_bar_panel(view, ui, out); });
  part("tools", {0, top}, {tools, middle}, inset, [&] { tools_panel(view, ui, out); });
  // Before the canvas, which then shows the step a drag has come to in the same frame.
  part("timeline", {0, top + middle}, {size.x, timeline}, inset,
       [&] { timeline_panel(view, ui, pictures, out); });
  part("canvas", {tools, top}, {centre - sheet, middle}, {px(16), px(10)},
       [&] { canvas_panel(view, ui, pictures, out); });
  part("contact sheet", {tools + centre - sheet, top}, {sheet, middle}, inset,
       [&] { contact_sheet_panel(view, ui, pictures); });
  part("tabs", {size.x - right, top}, {right, middle}, inset,
       [&] { tabs(view, ui, pictures, out); });
  part("status", {0, size.y - status}, {size.x, status}, {px(16), px(7)},
       [&] { status_panel(view, ui); });

  ImGui::End();

  if (ui.log.open) {
    log_panel(view, ui.log);
    ui.log.news_seen = view.news;
  }
  help_panel(ui.help);
}

}  // namespace stepwise
