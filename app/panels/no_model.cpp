#include <algorithm>
#include <cmath>

#include "panels/paint_parts.h"
#include "widgets/form.h"

namespace stepwise::app {
namespace {

constexpr float kFormWidth = 440;  // Points.

void ask_for(const std::filesystem::path& folder, Ui& ui, Commands& out) {
  ui.runs.opening = out.emplace_back(OpenModel{folder}).id;
}

}  // namespace

const Failure* why_no_model(const View& view, const Ui& ui) {
  return view.models.empty() && view.branches.empty() ? failure_of(view, ui.runs.opening) : nullptr;
}

void no_model_panel(const View& view, Ui& ui, Commands& out) {
  const Failure* why = why_no_model(view, ui);
  if (!why) return;
  const ImVec2 room = ImGui::GetContentRegionAvail(), at = ImGui::GetCursorScreenPos();
  const float width = std::min(room.x, px(kFormWidth));
  ImGui::SetCursorScreenPos(
      {at.x + std::round((room.x - width) / 2), at.y + std::round(room.y / 4)});
  ImGui::BeginChild("no model", {width, 0}, false, ImGuiWindowFlags_NoBackground);
  text("There is no model to draw with", colors.text, Font::kTitle);
  text(why->what + " failed.", colors.bad, Font::kBody, true);
  text(why->message, colors.text, Font::kBody, true);
  ImGui::Dummy({0, px(8)});
  std::string& folder = ui.runs.folder;
  const bool entered = text_row("Folder", folder, "path of a model folder",
                                "A folder in the format of diffusers, or a training run.");
  if ((plain_button("Open folder", -1, !folder.empty()) || entered) && !folder.empty())
    ask_for(folder, ui, out);
  if (!ui.models.shipped.empty() && primary_button("Open the shipped model", -1))
    ask_for(ui.models.shipped, ui, out);
  ImGui::EndChild();
}

}  // namespace stepwise::app
