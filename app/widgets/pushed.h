// Colors of Dear ImGui that go back when the scope ends. Window thread only.
#pragma once

#include <imgui.h>

#include <initializer_list>
#include <utility>

namespace stepwise::app {

struct Pushed {
  explicit Pushed(std::initializer_list<std::pair<ImGuiCol, ImU32>> pushed)
      : count(int(pushed.size())) {
    for (const auto& [which, value] : pushed) ImGui::PushStyleColor(which, value);
  }
  ~Pushed() { ImGui::PopStyleColor(count); }
  int count;
};

}  // namespace stepwise::app
