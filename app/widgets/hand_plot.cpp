#include "widgets/hand_plot.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "widgets/controls.h"
#include "widgets/plot_frame.h"

namespace stepwise::app {
namespace {

float x_of(const PlotArea& area, std::size_t i, std::size_t count) {
  return area.min.x + area.width() * float(i) / float(count - 1);
}

std::size_t nearest(const PlotArea& area, float pixel, std::size_t count) {
  const double at = std::clamp(area.position_x(pixel), 0., 1.);
  return std::size_t(std::lround(at * double(count - 1)));
}

// The values between two places of the mouse lie on the line between these.
void take_along(const PlotArea& area, ImVec2 from, ImVec2 to, std::span<double> values) {
  const auto set = [&](std::size_t i, float y) {
    values[i] = area.y.value(std::clamp(area.position_y(y), 0., 1.));
  };
  const std::size_t first = nearest(area, from.x, values.size());
  const std::size_t last = nearest(area, to.x, values.size());
  const auto [lo, hi] = std::minmax(first, last);
  for (std::size_t i = lo; i <= hi; ++i) {
    if (i == first && first != last) continue;  // Passed in an earlier frame.
    const float way = to.x - from.x;
    const float share = way == 0 ? 1 : (x_of(area, i, values.size()) - from.x) / way;
    set(i, std::lerp(from.y, to.y, std::clamp(share, 0.f, 1.f)));
  }
  set(last, to.y);
}

std::vector<ImVec2> points_of(const PlotArea& area, std::span<const double> values) {
  std::vector<ImVec2> points;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double y = std::clamp(area.y.position(values[i]), 0., 1.);
    points.push_back({x_of(area, i, values.size()), area.max.y - area.height() * float(y)});
  }
  return points;
}

void draw_line(const PlotArea& area, const HandPlot& plot, bool hot) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const std::vector<ImVec2> line = points_of(area, plot.values);
  for (std::size_t i = 0; i + 1 < line.size(); ++i)
    list.AddQuadFilled(line[i], line[i + 1], {line[i + 1].x, area.max.y}, {line[i].x, area.max.y},
                       faded(colors.accent, 0.14f));
  list.AddPolyline(line.data(), int(line.size()), hot ? colors.bright : colors.accent,
                   ImDrawFlags_None, px(hot ? 2 : 1.5f));
  if (plot.marked.size() < 2) return;
  for (const ImVec2& at : points_of(area, plot.marked))
    list.AddCircleFilled(at, px(2.5f), colors.text, 12);
}

}  // namespace

bool draw_by_hand(const char* id, ImVec2 size, const HandPlot& plot, const char* help) {
  PlotBox box = begin_plot(id, size);
  draw_title(box, plot.title, {}, {}, nullptr);
  const PlotArea area = inner_area(box, plot.x, plot.y);
  draw_axes(box, area, {plot.x_name}, nullptr);
  ImGui::SetCursorScreenPos(area.min);
  mouse_area("line", {std::max(1.f, area.width()), std::max(1.f, area.height())});
  const bool held = ImGui::IsItemActive();
  bool changed = false;
  if (held) {
    const ImGuiIO& io = ImGui::GetIO();
    const bool pressed = ImGui::IsItemActivated();  // What led to the press draws nothing.
    const ImVec2 to = io.MousePos;
    const ImVec2 from = pressed ? to : ImVec2{to.x - io.MouseDelta.x, to.y - io.MouseDelta.y};
    const std::vector<double> before(plot.values.begin(), plot.values.end());
    take_along(area, from, to, plot.values);
    changed = !std::ranges::equal(before, plot.values);
  }
  const bool hot = held || ImGui::IsItemHovered();
  tooltip(help);
  draw_line(area, plot, hot);
  end_plot(box);
  return changed;
}

}  // namespace stepwise::app
