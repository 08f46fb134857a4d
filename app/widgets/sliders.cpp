// The sliders of controls.h.
#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <type_traits>

#include "widgets/controls.h"

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

template <class T>
float share_of(T value, Range<T> range, bool logarithmic) {
  if (logarithmic && range.min > 0)
    return float(std::log(double(value) / double(range.min)) /
                 std::log(double(range.max) / double(range.min)));
  return float(double(value - range.min) / double(range.max - range.min));
}

void draw_track(ImVec2 min, ImVec2 max, float value_width, float share, const char* words,
                bool hot) {
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
  const float width = ImGui::CalcTextSize(words).x;
  list.AddText({max.x + value_width - width, y - ImGui::GetFontSize() / 2},
               faded(colors.text, alpha), words);
}

}  // namespace

// Dear ImGui's slider (keys, Ctrl+click to type, logarithms) with a thin track and the value at its
// right.
template <class T>
bool slider(const char* label, T& value, Range<T> range, const char* format, float width,
            bool logarithmic, float value_width) {
  value_width = px(value_width);
  const std::string name = std::string("##") + label;
  const bool typing = ImGui::TempInputIsActive(ImGui::GetID(name.c_str()));
  const ImGuiSliderFlags flags =
      ImGuiSliderFlags_AlwaysClamp |
      (logarithmic ? ImGuiSliderFlags_Logarithmic : ImGuiSliderFlags_None);
  ImGui::SetNextItemWidth(width - value_width);
  const std::size_t hidden = typing ? 0 : kUnseen.size();
  for (std::size_t i = 0; i < hidden; ++i) ImGui::PushStyleColor(kUnseen[i], ImU32{0});
  const bool changed =
      ImGui::SliderScalar(name.c_str(), kTypeOf<T>, &value, &range.min, &range.max, format, flags);
  ImGui::PopStyleColor(int(hidden));
  if (!typing) {
    char words[64];
    ImGui::DataTypeFormatString(words, int(sizeof words), kTypeOf<T>, &value, format);
    draw_track(ImGui::GetItemRectMin(), ImGui::GetItemRectMax(), value_width,
               share_of(value, range, logarithmic), words,
               ImGui::IsItemActive() || ImGui::IsItemHovered());
  }
  const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
  ImGui::SameLine(0, 0);
  ImGui::Dummy({value_width, max.y - min.y});
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
  end_row(help);
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
  tooltip_over(at, ImGui::GetItemRectMax(), help);
  return changed;
}

}  // namespace stepwise::app
