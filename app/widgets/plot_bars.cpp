#include <algorithm>
#include <cmath>

#include "error.h"
#include "widgets/controls.h"
#include "widgets/plot.h"
#include "widgets/theme.h"

namespace stepwise::app {
namespace {

int count_of(const BarPlot& plot) {
  return std::max(0, std::min(int(plot.values.size()), int(plot.edges.size()) - 1));
}

// The outermost edges of a logarithmic axis may be 0 or infinite: such a bar is drawn as wide as its
// neighbour.
double edge(const BarPlot& plot, int i) {
  const auto& e = plot.edges;
  const int last = int(e.size()) - 1;
  if (!plot.logarithmic) return e[i];
  if (i == 0 && last >= 2 && e[0] <= 0) return e[1] * e[1] / e[2];
  if (i == last && last >= 2 && std::isinf(e[last])) return e[last - 1] * e[last - 1] / e[last - 2];
  return e[i];
}

PlotArea axes_of(const BarPlot& plot) {
  Extent y;
  y.add(0);
  for (const float value : plot.values) y.add(value);
  for (const float value : plot.previous) y.add(value);
  PlotArea area;
  area.y = axis_around(y, false, 0.06);
  area.y.lo = 0;
  Extent x;
  x.add(edge(plot, 0));
  x.add(edge(plot, count_of(plot)));
  area.x = axis_around(x, plot.logarithmic, 0);
  return area;
}

void draw_bar(const PlotArea& area, const BarPlot& plot, int i, bool hovered) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float left = std::round(area.pixel_x(edge(plot, i))) + 1;
  const float right = std::round(area.pixel_x(edge(plot, i + 1))) - 1;
  if (std::isfinite(plot.values[i])) {
    const ImVec2 top{left, area.pixel_y(plot.values[i])}, bottom{right, area.max.y};
    draw.AddRectFilled(top, bottom, colors.panel);  // No grid behind a bar.
    draw.AddRectFilled(top, bottom, faded(plot.color, hovered ? 0.9f : 0.55f), px(2),
                       ImDrawFlags_RoundCornersTop);
  }
  if (i >= int(plot.previous.size()) || !std::isfinite(plot.previous[i])) return;
  const float before = std::round(area.pixel_y(plot.previous[i]));
  draw.AddLine({left, before}, {right, before}, colors.text, px(1.5f));
}

// Over the bars: how often each place of x is met.
void draw_shares(const PlotArea& area, const BarPlot& plot) {
  std::vector<ImVec2> points;
  for (std::size_t i = 0; i < plot.shares.size(); ++i) {
    const float along = float(i) / float(plot.shares.size() - 1);
    points.push_back(
        {area.min.x + area.width() * along, area.max.y - 0.94f * area.height() * plot.shares[i]});
  }
  ImGui::GetWindowDrawList()->AddPolyline(points.data(), int(points.size()), colors.accent,
                                          ImDrawFlags_None, px(1.5f));
}

void hover(const BarPlot& plot, int i) {
  std::vector<HoverRow> rows{{plot.now, plot.color, format_number(plot.values[i])}};
  if (i < int(plot.previous.size())) {
    rows.push_back({plot.before, colors.text, format_number(plot.previous[i])});
    const double change = plot.values[i] / plot.previous[i] - 1;
    if (std::isfinite(change))
      rows.push_back(
          {"change", 0, text_of(change > 0 ? "+" : "", format_number(100 * change, 2), " %")});
  }
  draw_hover(plot.x_name + " " + format_number(plot.edges[i], 2) + " to " +
                 format_number(plot.edges[i + 1], 2),
             rows);
}

}  // namespace

int bar_at(const BarPlot& plot, double x) {
  for (int i = 0; i < count_of(plot); ++i)
    if (x >= edge(plot, i) && x < edge(plot, i + 1)) return i;
  return -1;
}

void draw_bars(const char* id, ImVec2 size, const BarPlot& plot) {
  PlotBox box = begin_plot(id, size);
  const bool some = count_of(plot) > 0;
  std::vector<LegendEntry> legend;
  if (some && !plot.previous.empty()) legend = {{plot.now, plot.color}, {plot.before, colors.text}};
  if (some && !plot.shares.empty()) legend.push_back({plot.shares_name, colors.accent, 1.5f});
  draw_title(box, plot.title, legend, some ? plot.face : PlotSwitch{}, plot.large);
  const PlotArea axes = some ? axes_of(plot) : PlotArea{};
  const AxisNames names{plot.x_name};
  const PlotArea area = inner_area(box, axes.x, axes.y);
  if (some) {
    draw_axes(box, area, names, nullptr);
    ImGui::SetCursorScreenPos(area.min);
    mouse_area("area", {std::max(1.f, area.width()), std::max(1.f, area.height())});
    const int under =
        ImGui::IsItemHovered() ? bar_at(plot, area.value_x(ImGui::GetIO().MousePos.x)) : -1;
    for (int i = 0; i < count_of(plot); ++i) draw_bar(area, plot, i, i == under);
    draw_shares(area, plot);
    if (under >= 0) hover(plot, under);
  } else {
    draw_empty(box, plot.empty);
  }
  end_plot(box);
}

}  // namespace stepwise::app
