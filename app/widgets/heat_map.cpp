#include "widgets/heat_map.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "widgets/color_scale.h"
#include "widgets/controls.h"

namespace stepwise::app {
namespace {

constexpr float kStrip = 44, kStripGap = 8;     // Points: how often y is met.
constexpr float kScale = 56, kScaleHeight = 8;  // The bar that says which color means what.
constexpr float kMark = 26, kSwitch = 90;       // What stands beside title and bar in their row.

// Of the whole rectangle, what the map itself has with its axes.
PlotBox without_strip(PlotBox box, const HeatMap& map) {
  if (!map.shares.empty()) box.max.x -= px(kStrip + kStripGap);
  return box;
}

// In the title row before the mark at its corner, where there is room beside the title.
void draw_scale_of(const PlotBox& box, const HeatMap& map) {
  const auto width = [](const std::string& words) { return ImGui::CalcTextSize(words.c_str()).x; };
  const std::string low = format_number(map.lowest, 2), high = format_number(map.highest, 2);
  const float gap = px(6), high_at = box.max.x - px(map.large ? kMark : 0) - width(high);
  const float to = high_at - gap, from = to - px(kScale), low_at = from - gap - width(low);
  if (low_at < box.min.x + width(map.title) + px(kSwitch)) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float middle = box.min.y + std::round(ImGui::GetTextLineHeight() / 2);
  const float half = px(kScaleHeight) / 2;
  list.AddText({low_at, box.min.y}, colors.dim, low.c_str());
  draw_strengths(list, {from, middle - half}, {to, middle + half});
  list.AddText({high_at, box.min.y}, colors.dim, high.c_str());
}

void draw_strip(const PlotArea& area, const PlotBox& box, const HeatMap& map) {
  if (map.shares.empty()) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float left = area.max.x + px(kStripGap), width = px(kStrip) - px(2);
  list.AddLine({left, area.min.y}, {left, area.max.y}, colors.line);
  std::vector<ImVec2> points;
  for (std::size_t i = 0; i < map.shares.size(); ++i) {
    const float along = float(i) / float(map.shares.size() - 1);
    points.push_back({left + width * map.shares[i], area.max.y - area.height() * along});
  }
  list.AddPolyline(points.data(), int(points.size()), colors.accent, ImDrawFlags_None, px(1.5f));
  const float below = box.max.y - ImGui::GetTextLineHeight();
  list.AddText({left, below}, colors.dim, map.shares_name);
  tooltip_over({left, area.min.y}, box.max, map.shares_help);
}

}  // namespace

int columns_of(ImVec2 size, const HeatMap& map) {
  PlotBox box{{0, 0}, {std::max(size.x, px(120)), std::max(size.y, px(80))}};
  const PlotArea area = inner_area(without_strip(box, map), map.x, map.y);
  return std::max(1, int(area.width()));
}

std::optional<HeatPlace> draw_heat_map(const char* id, ImVec2 size, const HeatMap& map,
                                       PictureRenderer& pictures) {
  PlotBox box = begin_plot(id, size);
  draw_title(box, map.title, {}, map.face, map.large);
  draw_scale_of(box, map);
  const PlotBox inner = without_strip(box, map);
  const PlotArea area = inner_area(inner, map.x, map.y);
  draw_axes(inner, area, {map.x_name, map.format_x}, nullptr);
  pictures.draw(*ImGui::GetWindowDrawList(), map.picture, area.min, area.max);
  draw_strip(area, box, map);
  ImGui::SetCursorScreenPos(area.min);
  mouse_area("area", {std::max(1.f, area.width()), std::max(1.f, area.height())});
  std::optional<HeatPlace> place;
  if (ImGui::IsItemHovered()) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    place = {area.value_x(mouse.x), area.y.value(area.position_y(mouse.y))};
  }
  end_plot(box);
  return place;
}

}  // namespace stepwise::app
