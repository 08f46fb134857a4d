// A part of the window. Window thread only.
#pragma once

#include <imgui.h>

#include <algorithm>

#include "widgets/keys.h"

namespace stepwise::app {

inline constexpr ImGuiWindowFlags kStill =
    ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoScrollbar;

// Of every child window: keys do what shortcuts() says, until they walk through the controls. In a
// text field Tab goes to the next one.
inline ImGuiWindowFlags keys_are_ours() {
  if (keys_walk()) return ImGuiWindowFlags_NavFlattened;  // From one part into another.
  return ImGui::GetIO().WantTextInput ? ImGuiWindowFlags_None : ImGuiWindowFlags_NoNavInputs;
}

// Calls `draw` inside a child of its own at that place of the screen. What all of the window is
// filled with is the color of panels, so only what differs is painted: filling costs more than all
// the rest when a processor draws.
template <class Draw>
void part(const char* name, ImVec2 at, ImVec2 size, ImVec2 padding, Draw draw,
          ImGuiWindowFlags scrolling = kStill) {
  ImGui::SetCursorScreenPos(at);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, padding);
  ImGui::BeginChild(name, {std::max(1.f, size.x), std::max(1.f, size.y)}, false,
                    ImGuiWindowFlags_AlwaysUseWindowPadding | ImGuiWindowFlags_NoBackground |
                        keys_are_ours() | scrolling);
  ImGui::PopStyleVar();
  draw();
  ImGui::EndChild();
}

}  // namespace stepwise::app
