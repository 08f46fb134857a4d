#include "widgets/controls.h"

#include <imgui_internal.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <utility>

#include "error.h"
#include "widgets/pushed.h"

namespace stepwise::app {
namespace {

constexpr float kLabelWidth = 96;

float or_rest(float width) { return width < 0 ? ImGui::GetContentRegionAvail().x : width; }

}  // namespace

void heading(const char* words) {
  if (ImGui::GetCursorPosY() > ImGui::GetStyle().WindowPadding.y + 1) ImGui::Dummy({0, px(4)});
  text(words, colors.text, Font::kHeading);
}

void text(std::string_view words, ImU32 color, Font which, bool wrapped) {
  ImGui::PushFont(font(which));
  const Pushed pushed{{ImGuiCol_Text, color}};
  if (wrapped) {
    ImGui::PushTextWrapPos(0);  // For a word that has no room in a line of its own.
    ImGui::TextUnformatted(in_lines(std::string(words), ImGui::GetContentRegionAvail().x).c_str());
    ImGui::PopTextWrapPos();
  } else {
    ImGui::TextUnformatted(words.data(), words.data() + words.size());
  }
  ImGui::PopFont();
}

std::string in_lines(std::string words, float width) {
  std::size_t line = 0, space = words.npos;  // Where the line begins, and its latest space.
  for (std::size_t i = 0; i <= words.size(); ++i) {
    if (i < words.size() && words[i] != ' ' && words[i] != '\n') continue;
    const bool fits = ImGui::CalcTextSize(&words[line], words.data() + i).x <= width;
    if (!fits && space != words.npos) {
      words[space] = '\n';
      line = space + 1;
    }
    space = i;
    if (i < words.size() && words[i] == '\n') line = i + 1, space = words.npos;
  }
  return words;
}

std::string shortened(std::string words, float width, bool keep_end) {
  const auto fits = [&](const std::string& some) {
    return ImGui::CalcTextSize(some.c_str()).x <= width;
  };
  const auto dotted = [&] { return keep_end ? "..." + words : words + "..."; };
  const auto continues = [](char byte) { return (byte & 0xC0) == 0x80; };  // A letter of UTF-8.
  if (fits(words)) return words;
  while (!words.empty() && !fits(dotted())) {
    if (keep_end) {
      words.erase(0, 1);
      while (!words.empty() && continues(words.front())) words.erase(0, 1);
    } else {
      while (words.size() > 1 && continues(words.back())) words.pop_back();
      words.pop_back();
    }
  }
  return dotted();
}

namespace {

// How long the mouse has rested where it is, over items of the current window.
double rested() {
  ImGuiStorage& memory = *ImGui::GetStateStorage();
  const ImGuiID since = ImHashStr("tooltip since"), seen = ImHashStr("tooltip seen");
  const ImGuiIO& io = ImGui::GetIO();
  const bool stirred = io.MouseDelta.x != 0 || io.MouseDelta.y != 0 || io.MouseWheel != 0 ||
                       ImGui::IsAnyMouseDown() || ImGui::GetFrameCount() - memory.GetInt(seen) > 1;
  memory.SetInt(seen, ImGui::GetFrameCount());
  if (stirred) memory.SetFloat(since, float(ImGui::GetTime()));
  return ImGui::GetTime() - memory.GetFloat(since);
}

// The first one in a frame holds: that of an item in a row, rather than that of the row.
bool is_first() {
  ImGuiStorage& memory = *ImGui::GetStateStorage();
  const ImGuiID shown = ImHashStr("tooltip shown");
  if (memory.GetInt(shown, -1) == ImGui::GetFrameCount()) return false;
  memory.SetInt(shown, ImGui::GetFrameCount());
  return true;
}

// Beside the current window where that is a menu or a column at one edge of the screen, else above
// the item, else below the window, else under the mouse.
ImVec2 place_of_tooltip(ImVec2 item, ImVec2 size) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const ImVec2 at = ImGui::GetWindowPos(), window = ImGui::GetWindowSize();
  const float gap = px(8);
  const float left = at.x - gap - size.x, right = at.x + window.x + gap;
  const auto within = [gap](float x, float length, float all) {
    return std::max(gap, std::min(x, all - length - gap));
  };
  const float y = within(item.y, size.y, screen.y);
  const bool at_left = at.x <= px(24), at_right = at.x + window.x >= screen.x - px(24);
  const bool is_menu = ImGui::GetCurrentWindow()->Flags & ImGuiWindowFlags_Popup;
  const bool beside = is_menu || at_left != at_right;
  if (beside && left >= 0 && !at_left) return {left, y};
  if (beside && right + size.x <= screen.x) return {right, y};
  const float x = within(item.x, size.x, screen.x);
  const float above = item.y - gap - size.y, below = at.y + window.y + gap;
  if (above >= 0) return {x, above};
  if (below + size.y <= screen.y) return {x, below};
  const ImVec2 mouse = ImGui::GetMousePos();
  return {within(mouse.x, size.x, screen.x), within(mouse.y + px(24), size.y, screen.y)};
}

// As with_formula() has put it together; name and formula may be empty.
struct Explained {
  explicit Explained(std::string help) : words(std::move(help)) {
    const std::size_t line = words.find('\n'), tab = words.find('\t');
    if (tab == std::string::npos || line == std::string::npos) return;
    name = words.substr(0, tab);
    formula = words.substr(tab + 1, line - tab - 1);
    words.erase(0, line + 1);
  }
  std::string name, formula, words;
};

void show_tooltip(ImVec2 item, const char* help, const char* key = nullptr) {
  if (!is_first()) return;
  Explained told(help);
  ImGui::PushFont(font(Font::kBody));
  const ImVec2 padding{px(10), px(8)};
  const float wrap = px(300);
  told.words = in_lines(std::move(told.words), wrap);
  ImVec2 size = ImGui::CalcTextSize(told.words.c_str(), nullptr, false, wrap);
  const auto line = [&size](const std::string& words, Font which) {
    size.x = std::max(size.x, width_of(words.c_str(), which));
    size.y += font(which)->FontSize + ImGui::GetStyle().ItemSpacing.y;
  };
  if (!told.name.empty()) line(told.name, Font::kBody), line(told.formula, Font::kTitle);
  if (key) line(key, Font::kCaption);
  ImGui::SetNextWindowPos(place_of_tooltip(item, {size.x + 2 * padding.x, size.y + 2 * padding.y}));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, padding);
  ImGui::BeginTooltip();
  if (!told.name.empty()) {
    text(told.name, colors.dim);
    text(told.formula, colors.text, Font::kTitle);
  }
  ImGui::PushTextWrapPos(padding.x + wrap);
  ImGui::TextUnformatted(told.words.c_str());
  if (key) text(key, colors.dim, Font::kCaption);
  ImGui::PopTextWrapPos();
  ImGui::EndTooltip();
  ImGui::PopStyleVar();
  ImGui::PopFont();
}

}  // namespace

void tooltip(const char* help, const char* key) {
  if (ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled) && rested() >= kTooltipRest)
    show_tooltip(ImGui::GetItemRectMin(), help, key);
}

void tooltip_over(ImVec2 min, ImVec2 max, const char* help, const char* key) {
  if (ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(min, max) && rested() >= kTooltipRest)
    show_tooltip(min, help, key);
}

void tooltip_now(ImVec2 place, const char* help) { show_tooltip(place, help); }

std::string with_formula(std::string_view name, std::string_view formula, std::string_view help) {
  return text_of(name, '\t', formula, '\n', help);
}

void begin_row(const char* label) {
  ImGui::AlignTextToFramePadding();
  const float left = ImGui::GetCursorPosX();
  text(label, colors.dim);
  ImGui::SameLine(left + px(kLabelWidth));
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
}

void end_row(const char* help, const char* key) {
  const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
  tooltip_over({ImGui::GetCursorScreenPos().x, min.y}, max, help, key);
}

namespace {

// Digits alone. What is no seed, as a number above 2^64 - 1, has a red frame and changes nothing.
bool seed_field(const char* id, std::uint64_t& value) {
  char words[24];
  std::snprintf(words, sizeof words, "%llu", static_cast<unsigned long long>(value));
  const auto digit = [](ImGuiInputTextCallbackData* data) {
    return data->EventChar >= '0' && data->EventChar <= '9' ? 0 : 1;
  };
  ImGui::InputText(id, words, sizeof words, ImGuiInputTextFlags_CallbackCharFilter, digit);
  const char* const end = words + std::strlen(words);
  std::uint64_t typed = value;
  const auto [at, error] = std::from_chars(words, end, typed);
  if (error != std::errc() || at != end) {
    ImGui::GetWindowDrawList()->AddRect(ImGui::GetItemRectMin(), ImGui::GetItemRectMax(),
                                        colors.bad, ImGui::GetStyle().FrameRounding, 0, px(1));
    if (ImGui::IsItemHovered())
      show_tooltip(ImGui::GetItemRectMin(), "A seed lies between 0 and 18446744073709551615.");
    return false;
  }
  return std::exchange(value, typed) != typed;
}

}  // namespace

bool check_row(const char* label, bool& value, const char* help) {
  begin_row(label);
  const bool changed = ImGui::Checkbox((std::string("##") + label).c_str(), &value);
  end_row(help);
  return changed;
}

bool seed_row(const char* label, std::uint64_t& value, const char* help) {
  begin_row(label);
  const float button = ImGui::GetFrameHeight() * 2;
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - button -
                          ImGui::GetStyle().ItemInnerSpacing.x);
  bool changed = seed_field((std::string("##") + label).c_str(), value);
  ImGui::SameLine(0, ImGui::GetStyle().ItemInnerSpacing.x);
  ImGui::PushID(label);
  if (plain_button("next", button)) {
    ++value;
    changed = true;
  }
  ImGui::PopID();
  tooltip("The next seed: other noise, other pictures.");
  end_row(help);
  return changed;
}

bool primary_button(const char* label, float width, bool enabled) {
  if (!enabled) return plain_button(label, width, false);
  const Pushed pushed{{ImGuiCol_Button, colors.action},
                      {ImGuiCol_ButtonHovered, colors.action_hovered},
                      {ImGuiCol_ButtonActive, colors.action_pressed},
                      {ImGuiCol_Border, colors.accent},
                      {ImGuiCol_Text, colors.on_action}};
  return plain_button(label, width);
}

bool plain_button(const char* label, float width, bool enabled) {
  ImGui::BeginDisabled(!enabled);
  const bool pressed = ImGui::Button(label, {or_rest(width), 0});
  ImGui::EndDisabled();
  return pressed && enabled;
}

bool segments(const char* id, int& chosen, std::span<const char* const> labels, float width,
              std::span<const std::string> help) {
  ImGui::PushID(id);
  const float gap = px(2), padding = ImGui::GetStyle().FramePadding.x;
  const float count = float(labels.size());
  float widest = 0, words = 0;
  for (const char* label : labels) {
    const float w = ImGui::CalcTextSize(label).x;
    widest = std::max(widest, w);
    words += w;
  }
  // All of one width, or, where that is too little for the longest word, each by its own.
  const float all = or_rest(width) - gap * (count - 1), each = all / count;
  const bool equal = widest + padding <= each;
  const float spare = std::max(0.f, (all - words) / count);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                      {std::min(padding, equal ? (each - widest) / 2 : spare / 2),
                       ImGui::GetStyle().FramePadding.y});
  float from = ImGui::GetCursorPosX();
  bool changed = false;
  for (int i = 0; i < int(labels.size()); ++i) {
    const bool on = i == chosen;
    const Pushed pushed{{ImGuiCol_Button, on ? colors.chosen : colors.raised},
                        {ImGuiCol_ButtonHovered, on ? colors.chosen : colors.hovered},
                        {ImGuiCol_Border, on ? colors.accent : colors.edge},
                        {ImGuiCol_Text, on ? colors.text : colors.dim}};
    if (i > 0) ImGui::SameLine(std::round(from));
    const float to = from + (equal ? each : ImGui::CalcTextSize(labels[i]).x + spare);
    if (ImGui::Button(labels[i], {std::round(to) - std::round(from), 0})) {
      changed = chosen != i;
      chosen = i;
    }
    if (i < int(help.size())) tooltip(help[std::size_t(i)].c_str());
    from = to + gap;
  }
  ImGui::PopStyleVar();
  ImGui::PopID();
  return changed;
}

bool drags(ImGuiMouseButton button) {
  const ImGuiIO& io = ImGui::GetIO();
  return io.MouseDownDuration[button] > 0 && (io.MouseDelta.x != 0 || io.MouseDelta.y != 0);
}

void mouse_area(const char* id, ImVec2 size, ImGuiButtonFlags buttons) {
  ImGui::PushItemFlag(ImGuiItemFlags_NoNav, true);
  ImGui::InvisibleButton(id, size, buttons);
  ImGui::PopItemFlag();
}

void bar(float fraction) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = px(4);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, {at.x + width, at.y + height}, colors.edge, height / 2);
  const float done = at.x + width * std::clamp(fraction, 0.f, 1.f);
  if (done > at.x) list.AddRectFilled(at, {done, at.y + height}, colors.fill, height / 2);
  ImGui::Dummy({width, height});
}

void progress_bar(float fraction, const char* left, const char* right) {
  const float width = ImGui::GetContentRegionAvail().x;
  const float start = ImGui::GetCursorPosX();
  text(left, colors.dim, Font::kCaption);
  ImGui::SameLine(start + width - width_of(right, Font::kCaption));
  text(right, colors.dim, Font::kCaption);
  bar(fraction);
}

}  // namespace stepwise::app
