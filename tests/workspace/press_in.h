// Presses an item of one part of the window by its label. Window thread only.
#pragma once

#include <string>

#include "headless_imgui.h"

namespace stepwise::app {

// `part`: as it is called in panels/workspace.cpp. Draws two frames, which see the press.
template <class Draw>
void press_in(HeadlessImGui& gui, const std::string& part, const char* label, Draw draw) {
  const std::string begin = "workspace/" + part + "_";
  for (ImGuiWindow* each : ImGui::GetCurrentContext()->Windows) {
    const std::string name = each->Name;
    if (!each->Active || name.find(begin) != 0 || name.find('/', begin.size()) != std::string::npos)
      continue;
#if IMGUI_VERSION_NUM < 18970
    ImGui::ActivateItem(each->GetID(label));
#else
    ImGui::ActivateItemByID(each->GetID(label));
#endif
  }
  gui.frame(draw);
  gui.frame(draw);
}

}  // namespace stepwise::app
