#include "widgets/controls.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <utility>

namespace stepwise {
namespace {

constexpr float kLabelWidth = 96;
constexpr float kHelpWidth = 18;

struct Pushed {
  explicit Pushed(std::initializer_list<std::pair<ImGuiCol, ImU32>> colours)
      : count(int(colours.size())) {
    for (const auto& [which, value] : colours) ImGui::PushStyleColor(which, value);
  }
  ~Pushed() { ImGui::PopStyleColor(count); }
  int count;
};

float width_of(float width) { return width < 0 ? ImGui::GetContentRegionAvail().x : width; }

}  // namespace

void heading(const char* text) {
  if (ImGui::GetCursorPosY() > ImGui::GetStyle().WindowPadding.y + 1) ImGui::Dummy({0, px(4)});
  ImGui::PushFont(font(Font::kHeading));
  ImGui::TextUnformatted(text);
  ImGui::PopFont();
}

void text(std::string_view words, ImU32 colour, Font which, bool wrapped) {
  ImGui::PushFont(font(which));
  const Pushed pushed{{ImGuiCol_Text, colour}};
  if (wrapped) ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(words.data(), words.data() + words.size());
  if (wrapped) ImGui::PopTextWrapPos();
  ImGui::PopFont();
}

void tooltip(const char* help, const char* key) {
  if (!ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) return;
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(10), px(8)});
  ImGui::BeginTooltip();
  ImGui::PushTextWrapPos(px(300));
  ImGui::TextUnformatted(help);
  if (key) text(key, colour::kAccent, Font::kCaption);
  ImGui::PopTextWrapPos();
  ImGui::EndTooltip();
  ImGui::PopStyleVar();
}

void begin_row(const char* label) {
  ImGui::PushID(label);
  ImGui::AlignTextToFramePadding();
  const float left = ImGui::GetCursorPosX();
  const char* end = std::string_view(label).find("##") == std::string_view::npos
                        ? nullptr
                        : label + std::string_view(label).find("##");
  {
    const Pushed pushed{{ImGuiCol_Text, colour::kDim}};
    ImGui::TextUnformatted(label, end);
  }
  ImGui::PopID();
  ImGui::SameLine(left + px(kLabelWidth));
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - px(kHelpWidth));
}

void end_row(const char* help) {
  const float right = ImGui::GetWindowContentRegionMax().x;
  ImGui::SameLine(right - px(10));
  ImGui::AlignTextToFramePadding();
  text("?", colour::kFaint);
  tooltip(help);
}

namespace {

template <class T>
bool slider(const char* label, ImGuiDataType type, T& value, Range<T> range, const char* format,
            const char* help, bool logarithmic) {
  begin_row(label);
  const Pushed pushed{{ImGuiCol_Text, colour::kText}};
  const ImGuiSliderFlags flags =
      ImGuiSliderFlags_AlwaysClamp |
      (logarithmic ? ImGuiSliderFlags_Logarithmic : ImGuiSliderFlags_None);
  const bool changed = ImGui::SliderScalar((std::string("##") + label).c_str(), type, &value,
                                           &range.min, &range.max, format, flags);
  end_row(help);
  return changed;
}

}  // namespace

bool slider_row(const char* label, float& value, Range<float> range, const char* format,
                const char* help, bool logarithmic) {
  return slider(label, ImGuiDataType_Float, value, range, format, help, logarithmic);
}
bool slider_row(const char* label, double& value, Range<double> range, const char* format,
                const char* help, bool logarithmic) {
  return slider(label, ImGuiDataType_Double, value, range, format, help, logarithmic);
}
bool slider_row(const char* label, int& value, Range<int> range, const char* help) {
  return slider(label, ImGuiDataType_S32, value, range, "%d", help, false);
}

bool choice_row(const char* label, int& value, std::span<const std::string> names,
                const char* help) {
  begin_row(label);
  bool changed = false;
  const bool valid = value >= 0 && value < int(names.size());
  if (ImGui::BeginCombo((std::string("##") + label).c_str(), valid ? names[value].c_str() : "")) {
    for (int i = 0; i < int(names.size()); ++i) {
      if (!ImGui::Selectable(names[i].c_str(), i == value)) continue;
      changed = i != value;
      value = i;
    }
    ImGui::EndCombo();
  }
  end_row(help);
  return changed;
}

bool check_row(const char* label, bool& value, const char* help) {
  begin_row(label);
  const bool changed = ImGui::Checkbox((std::string("##") + label).c_str(), &value);
  end_row(help);
  return changed;
}

bool seed_row(const char* label, std::uint64_t& value, const char* help) {
  begin_row(label);
  const float button = ImGui::GetFrameHeight() * 2;
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - px(kHelpWidth) - button -
                          ImGui::GetStyle().ItemInnerSpacing.x);
  bool changed = ImGui::InputScalar((std::string("##") + label).c_str(), ImGuiDataType_U64, &value);
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
  const Pushed pushed{{ImGuiCol_Button, colour::kAccentDark},
                      {ImGuiCol_ButtonHovered, IM_COL32(48, 112, 212, 255)},
                      {ImGuiCol_ButtonActive, IM_COL32(30, 82, 166, 255)}};
  return plain_button(label, width, enabled);
}

bool plain_button(const char* label, float width, bool enabled) {
  ImGui::BeginDisabled(!enabled);
  const bool pressed = ImGui::Button(label, {width_of(width), 0});
  ImGui::EndDisabled();
  return pressed;
}

bool segments(const char* id, int& chosen, std::span<const char* const> labels, float width) {
  ImGui::PushID(id);
  const float gap = px(2);
  const float left = ImGui::GetCursorPosX();
  const float each = (width_of(width) + gap) / float(labels.size());
  bool changed = false;
  for (int i = 0; i < int(labels.size()); ++i) {
    const bool on = i == chosen;
    const Pushed pushed{{ImGuiCol_Button, on ? colour::kPressed : colour::kRaised},
                        {ImGuiCol_Text, on ? colour::kText : colour::kDim}};
    if (i > 0) ImGui::SameLine(std::round(left + each * float(i)));
    const float end = std::round(each * float(i + 1));
    if (ImGui::Button(labels[i], {end - gap - std::round(each * float(i)), 0})) {
      changed = chosen != i;
      chosen = i;
    }
  }
  ImGui::PopID();
  return changed;
}

void progress_bar(float fraction, const char* left, const char* right) {
  const float width = ImGui::GetContentRegionAvail().x;
  const float start = ImGui::GetCursorPosX();
  text(left, colour::kDim, Font::kCaption);
  ImGui::PushFont(font(Font::kCaption));
  ImGui::SameLine(start + width - ImGui::CalcTextSize(right).x);
  ImGui::PopFont();
  text(right, colour::kDim, Font::kCaption);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = px(4);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, {at.x + width, at.y + height}, colour::kRaised, height / 2);
  float from = 0, to = std::clamp(fraction, 0.f, 1.f);
  if (fraction < 0) {
    from = float(std::fmod(ImGui::GetTime() * 0.5, 1.2)) - 0.2f;
    to = std::min(from + 0.2f, 1.f);
    from = std::max(from, 0.f);
  }
  if (to > from)
    list.AddRectFilled({at.x + width * from, at.y}, {at.x + width * to, at.y + height},
                       colour::kAccent, height / 2);
  ImGui::Dummy({width, height});
}

}  // namespace stepwise
