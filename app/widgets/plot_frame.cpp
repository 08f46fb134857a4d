#include "widgets/plot_frame.h"

#include <algorithm>
#include <cmath>

#include "widgets/controls.h"

namespace stepwise::app {
namespace {

constexpr float kLeftGutter = 40;  // At the left, so that plots above each other align.
constexpr float kTickEveryX = 64;  // Points between numbers.
constexpr float kTickEveryY = 28;

float row_height() { return ImGui::GetTextLineHeight() + px(4); }

// Text of the current font at a place; where it ends.
float put(ImDrawList& draw, ImVec2 at, ImU32 color, const std::string& words) {
  at = {std::round(at.x), std::round(at.y)};
  draw.AddText(at, color, words.c_str());
  return at.x + ImGui::CalcTextSize(words.c_str()).x;
}

const char* word_of(const PlotSwitch& s) { return *s.on ? s.word_on : s.word_off; }

constexpr float kLeastHeight = 16;  // Points, of what is to be hit.

void draw_switch(const PlotSwitch& s, ImVec2 at) {
  const char* word = word_of(s);
  const ImVec2 text = ImGui::CalcTextSize(word);
  const float height = std::max(text.y, px(kLeastHeight));
  ImGui::SetCursorScreenPos({at.x, std::round(at.y + (text.y - height) / 2)});
  const bool pressed = ImGui::InvisibleButton(s.id, {text.x, height});
  const bool hovered = ImGui::IsItemHovered();
  if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  tooltip(*s.on ? s.help_on : s.help_off);
  put(*ImGui::GetWindowDrawList(), at, hovered ? colors.accent : colors.faint, word);
  if (pressed) *s.on = !*s.on;
}

constexpr float kSwatch = 10, kAfterSwatch = 4, kApart = 10;  // Points, of a legend.

float width_of(const LegendEntry& entry) {
  return px(kSwatch + kAfterSwatch) + ImGui::CalcTextSize(entry.label.c_str()).x;
}

void draw_entry(const LegendEntry& entry, ImVec2 at) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float middle = at.y + std::round(ImGui::GetTextLineHeight() / 2);
  const float half = std::max(1.f, px(entry.width)) / 2, swatch = px(kSwatch);
  draw.AddRectFilled({at.x, middle - half}, {at.x + swatch, middle + half}, entry.color);
  if (entry.dot) draw.AddCircleFilled({at.x + swatch / 2, middle}, px(2), entry.color);
  put(draw, {at.x + px(kSwatch + kAfterSwatch), at.y}, colors.dim, entry.label);
}

// In rows that end at the right edge of the box; the first lies between two places beside the
// title. How many rows there are.
int draw_legend(const PlotBox& box, float from, float to, const std::vector<LegendEntry>& legend) {
  int rows = 0;
  for (std::size_t i = 0; i < legend.size(); ++rows) {
    const float left = rows == 0 ? from : box.min.x, right = rows == 0 ? to : box.max.x;
    float width = 0;
    std::size_t end = i;
    for (; end < legend.size(); ++end) {
      const float more = width_of(legend[end]) + (end > i ? px(kApart) : 0);
      if (left + width + more > right && (end > i || rows == 0)) break;
      width += more;
    }
    ImVec2 at{std::max(left, right - width), box.min.y + float(rows) * row_height()};
    for (; i < end; at.x += width_of(legend[i++]) + px(kApart)) draw_entry(legend[i], at);
  }
  return std::max(1, rows);
}

// Two arrows from the middle to the corners, or back from there.
void draw_arrows(ImVec2 min, ImVec2 max, bool inwards, ImU32 color) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float head = px(4), thick = std::max(1.f, px(1.2f));
  const ImVec2 middle{(min.x + max.x) / 2, (min.y + max.y) / 2};
  for (const float side : {-1.f, 1.f}) {  // At the lower left, at the upper right.
    const ImVec2 corner{side < 0 ? min.x : max.x, side < 0 ? max.y : min.y};
    const ImVec2 near{middle.x + side * px(1.5f), middle.y - side * px(1.5f)};
    const ImVec2 tip = inwards ? near : corner;
    const float back = inwards ? side : -side;
    draw.AddLine(near, corner, color, thick);
    draw.AddLine(tip, {tip.x + back * head, tip.y}, color, thick);
    draw.AddLine(tip, {tip.x, tip.y - back * head}, color, thick);
  }
}

constexpr float kCorner = 18;  // Points of the mark's place at the right corner.

// An invisible button in the title row.
bool title_button(const char* id, ImVec2 at, float width, bool large) {
  ImGui::SetCursorScreenPos(at);
  const bool pressed = ImGui::InvisibleButton(id, {std::max(1.f, width), row_height()});
  if (ImGui::IsItemHovered()) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  large ? tooltip("Press to see the others again.", "Esc") : tooltip("Press to see it large.");
  return pressed;
}

// Over the title and at the corner.
void draw_large_switch(const PlotBox& box, float title_width, bool& large) {
  const ImVec2 corner{box.max.x - px(kCorner), box.min.y};
  bool pressed = title_button("title", box.min, title_width, large);
  bool hovered = ImGui::IsItemHovered();
  pressed = title_button("corner", corner, px(kCorner), large) || pressed;
  hovered = ImGui::IsItemHovered() || hovered;
  const float inset = px(5), middle = box.min.y + std::round(ImGui::GetTextLineHeight() / 2);
  const float half = px(kCorner) / 2 - inset;
  draw_arrows({box.max.x - px(kCorner) + 2 * inset - px(1), middle - half - px(1)},
              {box.max.x - px(1), middle + half}, large, hovered ? colors.accent : colors.dim);
  if (pressed) large = !large;
}

// Lines between the numbers, while there is air between them.
bool has_room(const Axis& axis, float length) {
  return axis.log && length / std::log10(axis.hi / axis.lo) > px(90);
}

int room(float length, float every) { return std::max(2, int(length / px(every))); }

}  // namespace

PlotSwitch log_switch(const char* id, bool* log) {
  return {log,
          id,
          "linear",
          "log",
          "Equal distances are equal differences. Click for a logarithmic axis.",
          "Equal distances are equal ratios. Click for a linear axis."};
}

PlotBox begin_plot(const char* id, ImVec2 size) {
  ImGui::PushID(id);
  ImGui::PushFont(font(Font::kCaption));
  if (size.x <= 0) size.x = ImGui::GetContentRegionAvail().x;
  const ImVec2 min = ImGui::GetCursorScreenPos();
  return {min, {min.x + std::max(size.x, px(120)), min.y + std::max(size.y, px(80))}};
}

void end_plot(const PlotBox& box) {
  ImGui::SetCursorScreenPos(box.min);
  ImGui::Dummy({box.max.x - box.min.x, box.max.y - box.min.y});
  ImGui::PopFont();
  ImGui::PopID();
}

void draw_title(PlotBox& box, const std::string& title, const std::vector<LegendEntry>& legend,
                const PlotSwitch& other_way, bool* large) {
  const float after = other_way.on ? px(8) + ImGui::CalcTextSize(word_of(other_way)).x : 0;
  const float right = box.max.x - (large ? px(kCorner + 4) : 0);
  const std::string words = shortened(title, right - after - box.min.x);
  const float end = put(*ImGui::GetWindowDrawList(), box.min, colors.text, words);
  if (large) draw_large_switch(box, end - box.min.x, *large);
  if (other_way.on) draw_switch(other_way, {end + px(8), box.min.y});
  const int rows = draw_legend(box, end + after + px(kApart), right, legend);
  box.head = float(rows) * row_height();
}

PlotArea inner_area(const PlotBox& box, const Axis& x, const Axis& y) {
  PlotArea area{
      {box.min.x, box.min.y + box.head + px(2)}, {box.max.x, box.max.y - row_height()}, x, y};
  float gutter = px(kLeftGutter);
  for (const Tick& tick : y.ticks(room(area.height(), kTickEveryY)))
    if (tick.labelled)
      gutter = std::max(gutter, ImGui::CalcTextSize(format_number(tick.value).c_str()).x + px(8));
  area.min.x += std::min(gutter, (box.max.x - box.min.x) / 2);
  return area;
}

void draw_axes(const PlotBox& box, const PlotArea& area, const AxisNames& names, bool* log_x) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float half = std::round(ImGui::GetTextLineHeight() / 2);
  for (const Tick& tick : area.y.ticks(room(area.height(), kTickEveryY))) {
    if (!tick.labelled && !has_room(area.y, area.height())) continue;
    const float y = std::round(area.pixel_y(tick.value));
    draw.AddLine({area.min.x, y}, {area.max.x, y}, faded(colors.line, tick.labelled ? 1 : 0.45f));
    if (!tick.labelled) continue;
    const std::string words = format_number(tick.value);
    const float width = ImGui::CalcTextSize(words.c_str()).x;
    put(draw, {area.min.x - px(6) - width, y - half}, colors.dim, words);
  }
  const float below = box.max.y - ImGui::GetTextLineHeight();
  float name_from = box.max.x - ImGui::CalcTextSize(names.x.c_str()).x;
  if (log_x) {
    const PlotSwitch scale = log_switch("x scale", log_x);
    const float word = ImGui::CalcTextSize(word_of(scale)).x;
    draw_switch(scale, {box.max.x - word, below});
    name_from -= word + px(6);
  }
  put(draw, {name_from, below}, colors.dim, names.x);
  float free_from = box.min.x;
  for (const Tick& tick : area.x.ticks(room(area.width(), kTickEveryX))) {
    if (!tick.labelled && !has_room(area.x, area.width())) continue;
    const float x = std::round(area.pixel_x(tick.value));
    draw.AddLine({x, area.min.y}, {x, area.max.y}, faded(colors.line, tick.labelled ? 1 : 0.45f));
    if (!tick.labelled) continue;
    const std::string words = names.format_x(tick.value);
    const float width = ImGui::CalcTextSize(words.c_str()).x;
    if (x - width / 2 < free_from || x + width / 2 > name_from - px(8)) continue;
    free_from = put(draw, {x - width / 2, below}, colors.dim, words) + px(6);
  }
}

void draw_empty(const PlotBox& box, const std::string& words) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const ImVec2 min{box.min.x, box.min.y + box.head}, max = box.max;
  draw.AddRectFilled(min, max, faded(colors.line, 0.35f), px(4));
  const float wrap = std::max(1.f, max.x - min.x - px(32));
  const ImVec2 size = ImGui::CalcTextSize(words.c_str(), nullptr, false, wrap);
  const ImVec2 at{std::round((min.x + max.x - size.x) / 2),
                  std::round((min.y + max.y - size.y) / 2)};
  draw.AddText(ImGui::GetFont(), ImGui::GetFontSize(), at, colors.dim, words.c_str(), nullptr,
               wrap);
}

void draw_hover(const std::string& heading, const std::vector<HoverRow>& rows) {
  const float dot = px(12);
  float labels = ImGui::CalcTextSize(heading.c_str()).x, values = 0;
  for (const HoverRow& row : rows) {
    labels = std::max(labels, dot + ImGui::CalcTextSize(row.label.c_str()).x);
    values = std::max(values, ImGui::CalcTextSize(row.value.c_str()).x);
  }
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(10), px(8)});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {px(8), px(2)});
  ImGui::BeginTooltip();
  ImGui::PushFont(font(Font::kCaption));
  ImGui::TextDisabled("%s", heading.c_str());
  for (const HoverRow& row : rows) {
    const float left = ImGui::GetCursorPosX();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    if (row.color)
      ImGui::GetWindowDrawList()->AddCircleFilled(
          {at.x + px(3), at.y + std::round(ImGui::GetTextLineHeight() / 2)}, px(3), row.color);
    ImGui::SetCursorPosX(left + dot);
    ImGui::TextUnformatted(row.label.c_str());
    ImGui::SameLine(left + labels + px(16) + values - ImGui::CalcTextSize(row.value.c_str()).x);
    ImGui::TextUnformatted(row.value.c_str());
  }
  ImGui::PopFont();
  ImGui::EndTooltip();
  ImGui::PopStyleVar(2);
}

}  // namespace stepwise::app
