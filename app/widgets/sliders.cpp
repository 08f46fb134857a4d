// The sliders of controls.h.
#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <type_traits>

#include "widgets/controls.h"
#include "widgets/number_field.h"

namespace stepwise::app {
namespace {

template <class T>
constexpr ImGuiDataType kTypeOf = std::is_same_v<T, int>     ? ImGuiDataType_S32
                                  : std::is_same_v<T, float> ? ImGuiDataType_Float
                                                             : ImGuiDataType_Double;

// What is drawn in their place.
constexpr std::array kUnseen = {
    ImGuiCol_FrameBg,    ImGuiCol_FrameBgHovered,   ImGuiCol_FrameBgActive, ImGuiCol_Border,
    ImGuiCol_SliderGrab, ImGuiCol_SliderGrabActive, ImGuiCol_Text};

constexpr float kNarrowLabel = 58, kNarrowValue = 36;  // Points, in a narrow column.

template <class T>
float share_of(T value, Range<T> range, bool logarithmic) {
  if (logarithmic && range.min > 0)
    return float(std::log(double(value) / double(range.min)) /
                 std::log(double(range.max) / double(range.min)));
  return float(double(value - range.min) / double(range.max - range.min));
}

void draw_track(ImVec2 min, ImVec2 max, float share, bool hot) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float y = std::round((min.y + max.y) / 2), thick = px(4), knob = px(6);
  const float alpha = ImGui::GetStyle().Alpha;
  const float x =
      std::round(min.x + knob + (max.x - min.x - 2 * knob) * std::clamp(share, 0.f, 1.f));
  list.AddRectFilled({min.x, y - thick / 2}, {max.x, y + thick / 2}, faded(colors.edge, alpha),
                     thick / 2);
  list.AddRectFilled({min.x, y - thick / 2}, {x, y + thick / 2}, faded(colors.fill, alpha),
                     thick / 2);
  list.AddCircleFilled({x, y}, hot ? knob + px(1) : knob,
                       faded(hot ? colors.bright : colors.text, alpha), 24);
}

}  // namespace

// Dear ImGui's slider (keys, logarithms) with a thin track, and the number at its right.
template <class T>
bool slider(const char* label, T& value, Range<T> range, const char* format, float width,
            bool logarithmic, float value_width) {
  value_width = px(value_width);
  const std::string name = std::string("##") + label;
  const ImGuiID id = ImGui::GetID(name.c_str());
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 max{at.x + width - value_width, at.y + ImGui::GetFrameHeight()};
  if (value_width > 0 && asks_to_type(id, at, max)) begin_typing(id);
  bool changed = false, hot = false;
  if (is_typed(id)) {
    mouse_area((name + " track").c_str(), {max.x - at.x, max.y - at.y});  // It has the press.
  } else {
    const ImGuiSliderFlags flags =
        ImGuiSliderFlags_AlwaysClamp | ImGuiSliderFlags_NoInput |
        (logarithmic ? ImGuiSliderFlags_Logarithmic : ImGuiSliderFlags_None);
    ImGui::SetNextItemWidth(max.x - at.x);
    for (const ImGuiCol unseen : kUnseen) ImGui::PushStyleColor(unseen, ImU32{0});
    changed = ImGui::SliderScalar(name.c_str(), kTypeOf<T>, &value, &range.min, &range.max, format,
                                  flags);
    ImGui::PopStyleColor(int(kUnseen.size()));
    hot = ImGui::IsItemActive() || ImGui::IsItemHovered();
  }
  draw_track(at, max, share_of(value, range, logarithmic), hot);
  ImGui::SameLine(0, 0);
  if (value_width > 0) {
    char words[64];
    ImGui::DataTypeFormatString(words, int(sizeof words), kTypeOf<T>, &value, format);
    const ImVec2 from{max.x + px(6), at.y};
    changed |= number_field(id, from, {at.x + width, max.y}, words, 1, value, range);
  } else {
    ImGui::Dummy({0, max.y - at.y});
  }
  return changed;
}

template bool slider(const char*, int&, Range<int>, const char*, float, bool, float);
template bool slider(const char*, double&, Range<double>, const char*, float, bool, float);

template <class T>
bool slider_row(const char* label, T& value, Range<T> range, const char* format, const char* help,
                bool logarithmic, float value_width) {
  begin_row(label);
  const bool changed =
      slider(label, value, range, format, ImGui::CalcItemWidth(), logarithmic, value_width);
  end_row(help, kTypeHint);
  return changed;
}
template bool slider_row(const char*, int&, Range<int>, const char*, const char*, bool, float);
template bool slider_row(const char*, float&, Range<float>, const char*, const char*, bool, float);
template bool slider_row(const char*, double&, Range<double>, const char*, const char*, bool,
                         float);

bool tall_slider(const char* label, float& value, Range<float> range, const char* format,
                 const char* help) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  text(label, colors.dim, Font::kCaption);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ImGui::GetStyle().ItemSpacing.y);
  const bool changed = slider(label, value, range, format, ImGui::GetContentRegionAvail().x);
  tooltip_over(at, ImGui::GetItemRectMax(), help, kTypeHint);
  return changed;
}

bool narrow_slider(const char* label, float& value, Range<float> range, const char* format,
                   const char* help) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float left = ImGui::GetCursorPosX();
  draw_text(
      *ImGui::GetWindowDrawList(),
      {at.x, std::round(at.y + (ImGui::GetFrameHeight() - font(Font::kCaption)->FontSize) / 2)},
      Font::kCaption, colors.dim, label);
  ImGui::SetCursorPosX(left + px(kNarrowLabel));
  const bool changed =
      slider(label, value, range, format, ImGui::GetContentRegionAvail().x, false, kNarrowValue);
  tooltip_over(at, ImGui::GetItemRectMax(), help, kTypeHint);
  return changed;
}

}  // namespace stepwise::app
