// Colours of Dear ImGui that go back when the scope ends. Window thread only.
#pragma once

#include <imgui.h>

#include <initializer_list>
#include <utility>

namespace stepwise {

struct Pushed {
  explicit Pushed(std::initializer_list<std::pair<ImGuiCol, ImU32>> colours)
      : count(int(colours.size())) {
    for (const auto& [which, value] : colours) ImGui::PushStyleColor(which, value);
  }
  ~Pushed() { ImGui::PopStyleColor(count); }
  int count;
};

}  // namespace stepwise
