// The menus of controls.h.
#include <algorithm>
#include <cmath>
#include <string>

#include "widgets/controls.h"

namespace stepwise::app {
namespace {

// Of the names in a menu and of its whole entries, which are no wider than the screen.
struct EntryWidths {
  float name = 0, all = 0;
};
EntryWidths entry_widths(std::span<const std::string> names, std::span<const std::string> words) {
  float name = 0, rest = 0;
  for (const std::string& each : names) name = std::max(name, ImGui::CalcTextSize(each.c_str()).x);
  for (const std::string& each : words)
    rest = std::max(rest, width_of(each.c_str(), Font::kCaption));
  name += px(16), rest += px(4);
  return {name, std::min(name + rest, ImGui::GetIO().DisplaySize.x - px(48))};
}

// Behind the name of the latest entry.
void draw_entry_words(const std::string& words, const EntryWidths& widths) {
  const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
  ImGui::PushFont(font(Font::kCaption));
  const std::string shown = shortened(words, widths.all - widths.name);
  const float y = std::round((min.y + max.y - ImGui::GetFontSize()) / 2);
  const float left = min.x + ImGui::GetStyle().ItemSpacing.x / 2;
  ImGui::GetWindowDrawList()->AddText({left + widths.name, y}, colors.dim, shown.c_str());
  ImGui::PopFont();
}

}  // namespace

bool choice_row(const char* label, int& value, std::span<const std::string> names, const char* help,
                std::span<const ChoiceGroup> groups, std::span<const std::string> words) {
  begin_row(label);
  bool changed = false;
  const bool valid = value >= 0 && value < int(names.size());
  if (ImGui::BeginCombo((std::string("##") + label).c_str(), valid ? names[value].c_str() : "",
                        ImGuiComboFlags_HeightLargest)) {
    const EntryWidths widths = words.empty() ? EntryWidths{} : entry_widths(names, words);
    for (int i = 0; i < int(names.size()); ++i) {
      const auto group = std::ranges::find(groups, i, &ChoiceGroup::first);
      if (group != groups.end()) text(group->name, colors.faint, Font::kCaption);
      const bool chosen = ImGui::Selectable(names[i].c_str(), i == value, 0, {widths.all, 0});
      if (!words.empty()) draw_entry_words(words[std::size_t(i)], widths);
      if (!chosen) continue;
      changed = i != value;
      value = i;
    }
    ImGui::EndCombo();
  }
  end_row(help);
  return changed;
}

}  // namespace stepwise::app
