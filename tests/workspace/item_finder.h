// Where a control of the right column is, found as a hand would: by moving the mouse over all of
// the column.
#pragma once

#include <string>

#include "stage.h"

namespace stepwise::app {

// A point over the item of that label, near its middle; {0, 0} where there is none on screen.
inline ImVec2 find_item(Stage& stage, const char* label) {
  stage.frame();
  ImGuiWindow* column = nullptr;
  for (ImGuiWindow* each : ImGui::GetCurrentContext()->Windows) {
    const std::string name = each->Name;
    if (each->Active && name.find("/right", name.rfind('/')) != std::string::npos) column = each;
  }
  if (!column) return {0, 0};
  const ImGuiID id = column->GetID(label);
  const ImRect area = column->InnerRect;
  for (float y = area.Min.y + 2; y < area.Max.y; y += 6) {
    float first = 0, last = 0;
    for (float x = area.Min.x + 2; x < area.Max.x; x += 16) {
      stage.gui.move({x, y}, stage.draw());
      if (ImGui::GetCurrentContext()->HoveredId != id) continue;
      if (first == 0) first = x;
      last = x;
    }
    if (first > 0) return {(first + last) / 2, y + 4};
  }
  return {0, 0};
}

}  // namespace stepwise::app
