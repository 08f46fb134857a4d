#include "widgets/number_field.h"

#include <fmt/format.h>
#include <imgui_internal.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

#include "widgets/controls.h"
#include "widgets/pushed.h"

namespace stepwise::app {
namespace {

constexpr int kFramesToOpen = 4;  // Dear ImGui gives a field the keys some frames later.
constexpr double kTold = 3;       // Seconds for which it is said what a number was taken as.

// Dear ImGui keeps these from frame to frame, for the window that the item is in.
ImGuiStorage& memory() { return *ImGui::GetStateStorage(); }
ImGuiID typed_item() { return ImHashStr("typed item"); }
ImGuiID typed_frames() { return ImHashStr("typed for frames"); }
ImGuiID told_item() { return ImHashStr("told of item"); }
ImGuiID told_what() { return ImHashStr("told what"); }
ImGuiID told_since() { return ImHashStr("told since"); }

void remember(ImGuiID item, Typed what) {
  memory().SetInt(told_item(), int(item));
  memory().SetInt(told_what(), int(what));
  memory().SetFloat(told_since(), float(ImGui::GetTime()));
}

template <class T>
void tell(ImGuiID item, ImVec2 at, Range<T> range) {
  if (memory().GetInt(told_item()) != int(item) ||
      ImGui::GetTime() - memory().GetFloat(told_since()) > kTold)
    return;
  const Typed what = Typed(memory().GetInt(told_what()));
  if (what == Typed::kLess)
    tooltip_now(at, fmt::format("At least {:g}", double(range.min)).c_str());
  if (what == Typed::kMore) tooltip_now(at, fmt::format("At most {:g}", double(range.max)).c_str());
  if (what == Typed::kNoNumber) tooltip_now(at, "This is no number.");
}

// A frame around what will not be taken as it stands.
void draw_frame(ImVec2 min, ImVec2 max) {
  ImGui::GetWindowDrawList()->AddRect(min, max, colors.bad, ImGui::GetStyle().FrameRounding, 0,
                                      px(1));
}

bool input(ImVec2 min, ImVec2 max, char* words, std::size_t size) {
  if (memory().GetInt(typed_frames()) == 0) ImGui::SetKeyboardFocusHere();
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {px(4), ImGui::GetStyle().FramePadding.y});
  ImGui::SetNextItemWidth(max.x - min.x);
  const bool entered =
      ImGui::InputText("##typed", words, size,
                       ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
  ImGui::PopStyleVar();
  return entered;
}

// Ends with the field, once that has been open.
void go_on_typing(bool entered) {
  const int frames = memory().GetInt(typed_frames());
  const bool active = ImGui::IsItemActive();
  memory().SetInt(typed_frames(), active ? kFramesToOpen : frames + 1);
  if (entered || (!active && frames >= kFramesToOpen)) memory().SetInt(typed_item(), 0);
}

template <class T>
bool typed(ImGuiID item, ImVec2 min, ImVec2 max, T& value, Range<T> range) {
  char words[32]{};
  fmt::format_to_n(words, sizeof words - 1, "{:.6g}", double(value));
  const bool entered = input(min, max, words, sizeof words);
  const bool open = ImGui::IsItemActive();
  go_on_typing(entered);
  const auto [how, number] = read_number(std::string_view(words), range);
  if (entered || (open && how != Typed::kWithin)) remember(item, how);
  if (open && how != Typed::kWithin) draw_frame(min, max);
  return entered && number && std::exchange(value, *number) != *number;
}

// The number as it is read, a button.
void shown(ImGuiID item, ImVec2 min, ImVec2 max, const char* words, float align) {
  if (ImGui::InvisibleButton("number", {max.x - min.x, max.y - min.y})) begin_typing(item);
  const ImVec2 size = ImGui::CalcTextSize(words);
  const ImVec2 at{std::round(min.x + (max.x - min.x - size.x) * align),
                  std::round((min.y + max.y - size.y) / 2)};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float alpha = ImGui::GetStyle().Alpha;
  list.AddText(at, faded(colors.text, alpha), words);
  if (!ImGui::IsItemHovered()) return;
  ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
  list.AddLine({at.x, at.y + size.y}, {at.x + size.x, at.y + size.y}, colors.dim, px(1));
  tooltip("Press to type it.", "Enter takes it, Esc leaves it as it is");
}

}  // namespace

template <class T>
Reading<T> read_number(std::string_view words, Range<T> range) {
  std::string plain(words);
  std::ranges::replace(plain, ',', '.');
  const std::size_t first = std::min(plain.find_first_not_of(" +"), plain.size());
  double number = 0;
  const auto [end, error] =
      std::from_chars(plain.data() + first, plain.data() + plain.size(), number);
  if (error != std::errc() || !std::isfinite(number)) return {};
  if (number < double(range.min)) return {Typed::kLess, range.min};
  if (number > double(range.max)) return {Typed::kMore, range.max};
  return {Typed::kWithin, T(std::is_integral_v<T> ? std::round(number) : number)};
}
template Reading<int> read_number(std::string_view, Range<int>);
template Reading<float> read_number(std::string_view, Range<float>);
template Reading<double> read_number(std::string_view, Range<double>);

void begin_typing(ImGuiID item) {
  memory().SetInt(typed_item(), int(item));
  memory().SetInt(typed_frames(), 0);
}

bool is_typed(ImGuiID item) { return memory().GetInt(typed_item()) == int(item); }

template <class T>
bool number_field(ImGuiID item, ImVec2 min, ImVec2 max, const char* words, float align, T& value,
                  Range<T> range) {
  ImGui::SetCursorScreenPos(min);
  ImGui::PushID(int(item));
  const bool open = is_typed(item);
  const bool changed = open && typed(item, min, max, value, range);
  if (!open) shown(item, min, max, words, align);
  tell(item, min, range);
  ImGui::PopID();
  return changed;
}
template bool number_field(ImGuiID, ImVec2, ImVec2, const char*, float, int&, Range<int>);
template bool number_field(ImGuiID, ImVec2, ImVec2, const char*, float, float&, Range<float>);
template bool number_field(ImGuiID, ImVec2, ImVec2, const char*, float, double&, Range<double>);

}  // namespace stepwise::app
