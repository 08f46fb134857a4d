// How the tools that mark a place do it: how far to go back, which class to show.
#include <imgui.h>

#include <algorithm>

#include "panels/tool_parts.h"
#include "widgets/controls.h"
#include "widgets/level_color.h"

namespace stepwise::app {
void rewind_settings(const View& view, Ui& ui) {
  const Branch* branch = find_branch(view, ui.playhead.branch);
  const DegradationStack undone = branch ? branch->start.degradation : DegradationStack();
  const bool severity = has_severity(undone);
  const Range<double> levels = severity ? kRewindSeverity : kRewindLevel;
  ui.rewind = std::clamp(ui.rewind, levels.min, levels.max);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  text(text_of("Back to ", level_word(undone)), colors.dim, Font::kCaption);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ImGui::GetStyle().ItemSpacing.y);
  const float width = ImGui::GetContentRegionAvail().x;
  slider("Back to", ui.rewind, levels, "%.3g", width, !severity);
  tooltip_over(at, ImGui::GetItemRectMax(),
               severity
                   ? "The severity that the picture goes back to there, 1 at the most. A gradient "
                     "passes all levels below it."
                   : "The noise level that the picture goes back to there: little above 0 changes "
                     "textures, some 5 what is shown. A gradient passes all levels below it.");
  const ImVec2 bar = ImGui::GetCursorScreenPos();
  const float right = bar.x + width - px(kValueWidth);
  level_bar(*ImGui::GetWindowDrawList(), bar, {right, bar.y + px(5)}, levels.min, levels.max,
            !severity);
  ImGui::Dummy({width, px(5)});
}

void region_settings(const View& view, Ui& ui) {
  const ModelOpened* model = find_model(view, ui.model);
  if (!model || model->class_names.empty())
    return caption("This model knows no classes.", colors.warning);
  const auto& names = model->class_names;
  ui.region = std::clamp(ui.region, 0, int(names.size()) - 1);
  const float dot = ImGui::GetFrameHeight();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::GetWindowDrawList()->AddCircleFilled({at.x + px(6), at.y + dot / 2}, px(5),
                                              class_color(ui.region), 16);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + px(18));
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  if (ImGui::BeginCombo("##region", names[std::size_t(ui.region)].c_str())) {
    for (int i = 0; i < int(names.size()); ++i)
      if (ImGui::Selectable(names[std::size_t(i)].c_str(), i == ui.region)) ui.region = i;
    ImGui::EndCombo();
  }
  tooltip(
      "What the model is told that it shows there; elsewhere it is what the picture was asked "
      "for.");
}

}  // namespace stepwise::app
