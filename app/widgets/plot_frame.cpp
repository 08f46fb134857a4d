#include "widgets/plot_frame.h"

#include <algorithm>
#include <cmath>

#include "widgets/controls.h"

namespace stepwise::app {
namespace {

constexpr float kGutter = 40;      // At the left, so that plots above each other align.
constexpr float kTickEveryX = 64;  // Points between numbers.
constexpr float kTickEveryY = 28;

float row_height() { return ImGui::GetTextLineHeight() + px(4); }

// Text of the current font at a place; where it ends.
float put(ImDrawList& draw, ImVec2 at, ImU32 color, const std::string& words) {
  at = {std::round(at.x), std::round(at.y)};
  draw.AddText(at, color, words.c_str());
  return at.x + ImGui::CalcTextSize(words.c_str()).x;
}

// A word that switches an axis between linear and logarithmic.
void draw_switch(const char* id, ImVec2 at, bool& log) {
  const char* word = log ? "log" : "linear";
  const ImVec2 size = ImGui::CalcTextSize(word);
  ImGui::SetCursorScreenPos(at);
  if (ImGui::InvisibleButton(id, size)) log = !log;
  const bool hovered = ImGui::IsItemHovered();
  if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  tooltip(log ? "Equal distances are equal ratios. Click for a linear axis."
              : "Equal distances are equal differences. Click for a logarithmic axis.");
  put(*ImGui::GetWindowDrawList(), at, hovered ? colors.accent : colors.faint, word);
}

// Lines between the numbers, while there is air between them.
bool has_room(const Axis& axis, float length) {
  return axis.log && length / std::log10(axis.hi / axis.lo) > px(90);
}

int room(float length, float every) { return std::max(2, int(length / px(every))); }

}  // namespace

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

void draw_title(const PlotBox& box, const std::string& title,
                const std::vector<LegendEntry>& legend, bool* log_y) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float title_end = put(draw, box.min, colors.text, title);
  float left_end = title_end;
  if (log_y) {
    draw_switch("y scale", {title_end + px(8), box.min.y}, *log_y);
    left_end += px(8) + ImGui::CalcTextSize("linear").x;
  }
  const float swatch = px(10), gap = px(4), apart = px(12);
  float x = box.max.x;
  const float middle = box.min.y + std::round(ImGui::GetTextLineHeight() / 2);
  for (auto entry = legend.rbegin(); entry != legend.rend(); ++entry) {
    const float width = swatch + gap + ImGui::CalcTextSize(entry->label.c_str()).x;
    if (x - width < left_end + apart) return;  // What does not fit is still said under the mouse.
    x -= width;
    const float half = std::max(1.f, px(entry->width)) / 2;
    draw.AddRectFilled({x, middle - half}, {x + swatch, middle + half}, entry->color);
    if (entry->dot) draw.AddCircleFilled({x + swatch / 2, middle}, px(2), entry->color);
    put(draw, {x + swatch + gap, box.min.y}, colors.dim, entry->label);
    x -= apart;
  }
}

PlotArea inner_area(const PlotBox& box, const Axis& x, const Axis& y) {
  PlotArea area{
      {box.min.x, box.min.y + row_height() + px(2)}, {box.max.x, box.max.y - row_height()}, x, y};
  float gutter = px(kGutter);
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
    const float word = ImGui::CalcTextSize(*log_x ? "log" : "linear").x;
    draw_switch("x scale", {box.max.x - word, below}, *log_x);
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
  const ImVec2 min{box.min.x, box.min.y + row_height()}, max = box.max;
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
