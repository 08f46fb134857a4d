// The ruler with two thumbs of form.h.
#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>
#include <utility>

#include "widgets/axis.h"
#include "widgets/form.h"
#include "widgets/number_field.h"

namespace stepwise::app {
namespace {

constexpr float kTrack = 18, kTicks = 16;  // Heights in points, below the numbers.
constexpr float kNumber = 52;              // Width of a number.
constexpr float kTickEvery = 34;           // Points that a labelled tick has at least.

// One end of the range.
struct Thumb {
  const char* end;  // "from" or "to"
  double& value;
  Range<double> range;  // Up to the other one.
  ImGuiID id = 0;
  ImVec2 number{};  // Upper left corner of its number.
  bool hot = false;
};

struct Ruler {
  ImRect track;
  Range<double> range;

  // Where Dear ImGui's SliderBehavior has the middle of its grab.
  float x_of(double value) const {
    const float inset = 2 + ImGui::GetStyle().GrabMinSize / 2;
    const double share = Axis{range.min, range.max, true}.position(value);
    return track.Min.x + inset + (track.GetWidth() - 2 * inset) * float(std::clamp(share, 0., 1.));
  }
};

// Three digits, but no exponent for a thousand.
std::string words_of(double value) {
  char words[32];
  std::snprintf(words, sizeof words, value >= 999.5 ? "%.0f" : "%.3g", value);
  return words;
}

// Above their thumbs, beside each other within the ruler.
void place_numbers(const Ruler& ruler, Thumb& lo, Thumb& hi, float top) {
  const float least = px(kNumber + 4), left = ruler.track.Min.x;
  float from = ruler.x_of(lo.value) - px(kNumber / 2), to = ruler.x_of(hi.value) - px(kNumber / 2);
  if (to - from < least) from = (from + to - least) / 2, to = from + least;
  from = std::max(from, left), to = std::max(to, from + least);
  to = std::min(to, ruler.track.Max.x - px(kNumber)), from = std::min(from, to - least);
  lo.number = {std::round(from), top};
  hi.number = {std::round(to), top};
}

// Dear ImGui's slider over the whole track, which the mouse takes hold of within `hit` alone.
bool drag(Thumb& thumb, const ImRect& hit, const Ruler& ruler) {
  ImGuiContext& g = *ImGui::GetCurrentContext();
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  if (!ImGui::ItemAdd(hit, thumb.id)) return false;
  const bool hovered = ImGui::IsItemHovered();
  if (hovered) ImGui::SetHoveredID(thumb.id);
  if (hovered && ImGui::IsMouseDoubleClicked(0)) begin_typing(thumb.id);
  const bool pressed = hovered && ImGui::IsMouseClicked(0) && !is_typed(thumb.id);
  if (pressed && g.IO.KeyCtrl) {
    begin_typing(thumb.id);
  } else if (pressed || g.NavActivateId == thumb.id) {
    ImGui::SetActiveID(thumb.id, window);
    ImGui::SetFocusID(thumb.id, window);
    ImGui::FocusWindow(window);
    g.ActiveIdUsingNavDirMask |= (1 << ImGuiDir_Left) | (1 << ImGuiDir_Right);
  }
  ImRect grab;
  double value = thumb.value;
  const bool moved =
      ImGui::SliderBehavior(ruler.track, thumb.id, ImGuiDataType_Double, &value, &ruler.range.min,
                            &ruler.range.max, "%.3g", ImGuiSliderFlags_Logarithmic, &grab);
  thumb.hot = hovered || g.ActiveId == thumb.id;
  const float x = ruler.x_of(thumb.value), y = ruler.track.GetCenter().y;
  ImGui::RenderNavHighlight({{x - px(9), y - px(9)}, {x + px(9), y + px(9)}}, thumb.id);
  if (!moved) return false;
  value = std::clamp(value, thumb.range.min, thumb.range.max);
  return std::exchange(thumb.value, value) != value;
}

void draw_ticks(const Ruler& ruler, float top) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float alpha = ImGui::GetStyle().Alpha;
  const int most = std::max(2, int(ruler.track.GetWidth() / px(kTickEvery)));
  ImGui::PushFont(font(Font::kCaption));
  for (const Tick& tick : Axis{ruler.range.min, ruler.range.max, true}.ticks(most)) {
    const float x = std::round(ruler.x_of(tick.value));
    list.AddLine({x, top - px(3)}, {x, top}, faded(colors.edge, alpha), px(1));
    if (!tick.labelled) continue;
    const std::string words = format_number(tick.value);
    const float width = ImGui::CalcTextSize(words.c_str()).x;
    const float left = std::clamp(x - width / 2, ruler.track.Min.x, ruler.track.Max.x - width);
    list.AddText({std::round(left), top + px(1)}, faded(colors.faint, alpha), words.c_str());
  }
  ImGui::PopFont();
}

void draw_track(const Ruler& ruler, const Thumb& lo, const Thumb& hi) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float alpha = ImGui::GetStyle().Alpha, thick = px(4), knob = px(6);
  const float y = std::round(ruler.track.GetCenter().y);
  const auto line = [&](float from, float to, ImU32 color) {
    list.AddRectFilled({from, y - thick / 2}, {to, y + thick / 2}, faded(color, alpha), thick / 2);
  };
  line(ruler.track.Min.x, ruler.track.Max.x, colors.edge);
  line(ruler.x_of(lo.value), ruler.x_of(hi.value), colors.fill);
  for (const Thumb* thumb : {&lo, &hi})
    list.AddCircleFilled({std::round(ruler.x_of(thumb->value)), y},
                         thumb->hot ? knob + px(1) : knob,
                         faded(thumb->hot ? colors.bright : colors.text, alpha), 24);
}

// Each thumb has the half of the ruler that is nearer to it.
bool drag(const Ruler& ruler, Thumb& lo, Thumb& hi) {
  const float middle = (ruler.x_of(lo.value) + ruler.x_of(hi.value)) / 2;
  ImRect left = ruler.track, right = ruler.track;
  left.Max.x = right.Min.x = std::clamp(middle, left.Min.x + px(8), left.Max.x - px(8));
  const bool lo_moved = drag(lo, left, ruler);
  return drag(hi, right, ruler) || lo_moved;
}

bool type(Thumb& thumb, float height) {
  const ImVec2 at = thumb.number;
  return number_field(thumb.id, at, {at.x + px(kNumber), at.y + height},
                      words_of(thumb.value).c_str(), 0.5f, thumb.value, thumb.range);
}

}  // namespace

bool range_row(const char* label, double& lo, double& hi, Range<double> range, const char* help) {
  begin_row(label);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::CalcItemWidth(), numbers = ImGui::GetFrameHeight();
  const float track = at.y + numbers, ticks = track + px(kTrack);
  const Ruler ruler{{{at.x, track}, {at.x + width, ticks}}, range};
  std::array thumbs{Thumb{"from", lo, {range.min, std::max(hi, range.min)}},
                    Thumb{"to", hi, {std::min(std::max(lo, range.min), range.max), range.max}}};
  for (Thumb& each : thumbs) each.id = ImGui::GetID(text_of("##", label, " ", each.end).c_str());
  auto& [from, to] = thumbs;
  place_numbers(ruler, from, to, at.y);
  bool changed = drag(ruler, from, to);
  draw_ticks(ruler, ticks);
  draw_track(ruler, from, to);
  for (Thumb& each : thumbs) changed |= type(each, numbers);
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({width, numbers + px(kTrack + kTicks)});
  end_row(help, kTypeHint);
  return changed;
}

}  // namespace stepwise::app
