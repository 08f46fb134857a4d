// The sliders of controls.h.
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>

#include "widgets/controls.h"
#include "widgets/pushed.h"

namespace stepwise::app {
namespace {

constexpr float kValueWidth = 48;  // Points.

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
  list.AddRectFilled({min.x, y - thick / 2}, {max.x, y + thick / 2}, faded(color::kEdge, alpha),
                     thick / 2);
  list.AddRectFilled({min.x, y - thick / 2}, {x, y + thick / 2}, faded(color::kFill, alpha),
                     thick / 2);
  list.AddCircleFilled({x, y}, hot ? knob + px(1) : knob,
                       faded(hot ? color::kBright : color::kText, alpha), 24);
  const float width = ImGui::CalcTextSize(words).x;
  list.AddText({max.x + value_width - width, y - ImGui::GetFontSize() / 2},
               faded(color::kText, alpha), words);
}

// Dear ImGui's slider (keys, Ctrl+click to type, logarithms) with a thin track and the value at its
// right.
template <class T>
bool track_slider(const char* label, ImGuiDataType type, T& value, Range<T> range,
                  const char* format, float width, bool logarithmic,
                  float value_width = kValueWidth) {
  value_width = px(value_width);
  const std::string name = std::string("##") + label;
  const bool typing = ImGui::TempInputIsActive(ImGui::GetID(name.c_str()));
  const ImGuiSliderFlags flags =
      ImGuiSliderFlags_AlwaysClamp |
      (logarithmic ? ImGuiSliderFlags_Logarithmic : ImGuiSliderFlags_None);
  ImGui::SetNextItemWidth(width - value_width);
  bool changed = false;
  {
    const ImU32 unseen = 0;
    std::optional<Pushed> pushed;
    if (!typing)
      pushed.emplace(
          std::initializer_list<std::pair<ImGuiCol, ImU32>>{{ImGuiCol_FrameBg, unseen},
                                                            {ImGuiCol_FrameBgHovered, unseen},
                                                            {ImGuiCol_FrameBgActive, unseen},
                                                            {ImGuiCol_Border, unseen},
                                                            {ImGuiCol_SliderGrab, unseen},
                                                            {ImGuiCol_SliderGrabActive, unseen},
                                                            {ImGuiCol_Text, unseen}});
    changed =
        ImGui::SliderScalar(name.c_str(), type, &value, &range.min, &range.max, format, flags);
  }
  if (!typing) {
    char words[64];
    ImGui::DataTypeFormatString(words, int(sizeof words), type, &value, format);
    draw_track(ImGui::GetItemRectMin(), ImGui::GetItemRectMax(), value_width,
               share_of(value, range, logarithmic), words,
               ImGui::IsItemActive() || ImGui::IsItemHovered());
  }
  const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
  ImGui::SameLine(0, 0);
  ImGui::Dummy({value_width, max.y - min.y});
  return changed;
}

template <class T>
bool slider_in_row(const char* label, ImGuiDataType type, T& value, Range<T> range,
                   const char* format, const char* help, bool logarithmic) {
  begin_row(label);
  const float width = ImGui::CalcItemWidth();
  const bool changed = track_slider(label, type, value, range, format, width, logarithmic);
  end_row(help);
  return changed;
}

}  // namespace

bool slider(const char* label, double& value, Range<double> range, const char* format, float width,
            bool logarithmic, float value_width) {
  return track_slider(label, ImGuiDataType_Double, value, range, format, width, logarithmic,
                      value_width);
}
bool slider(const char* label, int& value, Range<int> range, const char* format, float width,
            bool logarithmic, float value_width) {
  return track_slider(label, ImGuiDataType_S32, value, range, format, width, logarithmic,
                      value_width);
}

bool slider_row(const char* label, float& value, Range<float> range, const char* format,
                const char* help, bool logarithmic) {
  return slider_in_row(label, ImGuiDataType_Float, value, range, format, help, logarithmic);
}
bool slider_row(const char* label, double& value, Range<double> range, const char* format,
                const char* help, bool logarithmic) {
  return slider_in_row(label, ImGuiDataType_Double, value, range, format, help, logarithmic);
}
bool slider_row(const char* label, int& value, Range<int> range, const char* help) {
  return slider_in_row(label, ImGuiDataType_S32, value, range, "%d", help, false);
}

bool tall_slider(const char* label, float& value, Range<float> range, const char* format,
                 const char* help) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  text(label, color::kDim, Font::kCaption);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ImGui::GetStyle().ItemSpacing.y);
  const bool changed = track_slider(label, ImGuiDataType_Float, value, range, format,
                                    ImGui::GetContentRegionAvail().x, false);
  tooltip_over(at, ImGui::GetItemRectMax(), help);
  return changed;
}

}  // namespace stepwise::app
