#include <imgui.h>

#include <algorithm>
#include <cfloat>

#include "panels/tool_parts.h"
#include "view/edits.h"
#include "widgets/controls.h"

namespace stepwise::app {
namespace {

void method_menu(FillIn& fill) {
  const FillMethodName& chosen = name_of(fill.method);
  ImGui::SetNextItemWidth(-FLT_MIN);
  const bool open = ImGui::BeginCombo("##method", chosen.label, ImGuiComboFlags_HeightLargest);
  if (!open) return tooltip(text_of(chosen.label, ": ", chosen.help).c_str());
  for (const FillMethodName& name : kFillMethods) {
    if (ImGui::Selectable(name.label, name.method == fill.method)) fill.method = name.method;
    tooltip(name.help);
  }
  ImGui::EndCombo();
}

// Network evaluations from the playhead to the end.
int cost_from_here(const View& view, const Ui& ui) {
  const Branch& branch = *find_branch(view, ui.playhead.branch);
  const int steps = std::max(1, branch.steps()), left = std::max(0, steps - ui.playhead.step);
  return evaluations_of(ui.fill) * evaluations_per_picture(branch.start.settings) * left / steps;
}

}  // namespace

void fill_in_settings(const View& view, Ui& ui, Commands& out) {
  if (!locks_here(view, ui)) return;
  const FillIn before = ui.fill;
  text("Fills in the rest by", colors.dim, Font::kCaption);
  method_menu(ui.fill);
  if (name_of(ui.fill.method).takes_rounds) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    text("Thinking", colors.dim, Font::kCaption);
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ImGui::GetStyle().ItemSpacing.y);
    slider("Thinking", ui.fill.rounds, kRounds, "%d", ImGui::GetContentRegionAvail().x, true);
    tooltip_over(at, ImGui::GetItemRectMax(),
                 "Rounds at each step: the more, the better the rest goes with what is locked, and "
                 "the longer it takes.");
  }
  const int cost = cost_from_here(view, ui);
  caption(cost > 0 ? text_of(cost, " network evaluations") : "At earlier steps alone");
  tooltip("From here to the end, for this picture. A pass for the gradient is worth two.");
  if (ui.fill != before) ask_preview(view, ui, out);
}

}  // namespace stepwise::app
