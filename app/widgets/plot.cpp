#include "widgets/plot.h"

#include <algorithm>
#include <cmath>

#include "widgets/theme.h"

namespace stepwise::app {
namespace {

constexpr double kMargin = 0.04;

AxisNames names_of(const Plot& plot) { return {plot.x_name, plot.format_x}; }

bool anything(const Plot& plot) {
  return !plot.dots.empty() ||
         std::ranges::any_of(plot.lines, [](const PlotLine& line) { return !line.x.empty(); });
}

std::vector<LegendEntry> legend_of(const Plot& plot) {
  std::vector<LegendEntry> legend;
  for (const PlotLine& line : plot.lines)
    if (!line.label.empty() && !line.x.empty())
      legend.push_back({line.label, line.color, line.width, line.dots});
  if (legend.size() == 1) legend.clear();  // Then the title says it.
  return legend;
}

// Far above the area is as good as infinitely far, and keeps the triangles finite.
float near_y(const PlotArea& area, float value) {
  return std::clamp(area.pixel_y(value), area.min.y - 4096, area.max.y + 4096);
}

void draw_line(const PlotArea& area, const PlotLine& line) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const int columns = std::max(1, int(area.width()));
  std::vector<ImVec2> points;
  const auto flush = [&] {
    draw.AddPolyline(points.data(), int(points.size()), line.color, ImDrawFlags_None,
                     std::max(1.f, px(line.width)));
    points.clear();
  };
  for (const Column& column : decimate(line.x, line.y, area.x, columns)) {
    const float x = area.min.x + float(column.column) + 0.5f;
    const float top = near_y(area, column.highest), bottom = near_y(area, column.lowest);
    if (bottom - top > 1) draw.AddRectFilled({x - 0.5f, top}, {x + 0.5f, bottom}, line.color);
    points.push_back({x, (top + bottom) / 2});
    if (line.dots) draw.AddCircleFilled(points.back(), px(2), line.color);
  }
  flush();
}

void draw_band(const PlotArea& area, const PlotLine& line) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const ImDrawListFlags flags = draw.Flags;
  draw.Flags &= ~ImDrawListFlags_AntiAliasedFill;  // Else seams show between the pieces.
  for (std::size_t i = 0; i + 1 < std::min(line.low.size(), line.x.size()); ++i) {
    const auto corner = [&](std::size_t k, std::span<const float> y) {
      return ImVec2{area.pixel_x(line.x[k]), near_y(area, y[k])};
    };
    draw.AddQuadFilled(corner(i, line.low), corner(i, line.high), corner(i + 1, line.high),
                       corner(i + 1, line.low), faded(line.color, 0.14f));
  }
  draw.Flags = flags;
}

void draw_dot(const PlotArea& area, const PlotDot& dot) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const ImVec2 at{area.pixel_x(dot.x), area.pixel_y(dot.y)};
  draw.AddCircleFilled(at, px(5), colors.panel);
  draw.AddCircleFilled(at, px(4), dot.color);
}

// Dashed, with the label beside its upper end as long as labels do not meet.
void draw_marks(const PlotArea& area, const std::vector<PlotMark>& marks) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  float free_from = area.min.x;
  for (const PlotMark& mark : marks) {
    const float x = std::round(area.pixel_x(mark.x));
    if (x < area.min.x || x > area.max.x) continue;
    const int dashes = int(area.height() / px(6)) + 1;
    for (int i = 0; i < dashes; ++i) {
      const float y = area.min.y + float(i) * px(6);
      draw.AddLine({x, y}, {x, std::min(y + px(3), area.max.y)}, faded(colors.warning, 0.7f));
    }
    const float width = ImGui::CalcTextSize(mark.label.c_str()).x;
    const bool after = x + px(4) + width <= area.max.x;  // Else before the line.
    const float from = after ? x + px(4) : x - px(4) - width;
    if (from < free_from) continue;
    draw.AddText({from, area.min.y}, colors.warning, mark.label.c_str());
    free_from = std::max(x, from + width) + px(6);
  }
}

// All there is again, while only a part is shown.
void reset_button(const PlotArea& area, PlotView& view) {
  if (!view.x && !view.y) return;
  const float width = ImGui::CalcTextSize("Reset").x + 2 * ImGui::GetStyle().FramePadding.x;
  ImGui::SetCursorScreenPos(
      {area.max.x - width - px(4), area.max.y - ImGui::GetTextLineHeight() - px(4)});
  if (!ImGui::SmallButton("Reset")) return;
  view.x.reset();
  view.y.reset();
}

void hover(const PlotArea& area, const Plot& plot) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float mouse = ImGui::GetIO().MousePos.x;
  const double at = area.value_x(mouse);
  const auto readings = readings_at(plot, area.x, at);
  if (readings.empty()) return;
  draw.AddLine({mouse, area.min.y}, {mouse, area.max.y}, faded(colors.text, 0.25f));
  std::vector<HoverRow> rows;
  for (const PlotReading& r : readings) {
    const ImVec2 point{area.pixel_x(r.x), area.pixel_y(r.y)};
    draw.AddCircleFilled(point, px(4), colors.panel);
    draw.AddCircleFilled(point, px(3), r.color);
    rows.push_back({r.label, r.color, format_number(r.y)});
  }
  for (const PlotMark& mark : plot.marks)
    if (std::abs(area.pixel_x(mark.x) - mouse) < px(5))
      rows.push_back({mark.label, colors.warning, ""});
  // The point whose place the heading names is that of the line with the most points nearby.
  const double x = std::ranges::min_element(readings, {}, [&](const PlotReading& r) {
                     return std::abs(area.x.position(r.x) - area.x.position(at));
                   })->x;
  draw_hover(plot.x_name + " " + plot.format_x(x), rows);
}

}  // namespace

std::vector<PlotReading> readings_at(const Plot& plot, const Axis& x, double at) {
  std::vector<PlotReading> readings;
  for (const PlotLine& line : plot.lines) {
    if (line.label.empty()) continue;
    const auto i = nearest_point(line.x, x, at);
    if (i && *i < line.y.size() && std::isfinite(line.y[*i]))
      readings.push_back({line.label, line.color, line.x[*i], line.y[*i]});
  }
  return readings;
}

PlotArea plot_axes(const Plot& plot, const PlotView& view) {
  PlotArea area;
  Extent x = plot.x;
  for (const PlotLine& line : plot.lines)
    for (auto i = line.x.begin(); i != line.x.end(); ++i) {
      if (view.log_x && *i <= 0) continue;
      x.add(*i);
      x.add(line.x.back());
      break;
    }
  for (const PlotDot& dot : plot.dots)
    if (!view.log_x || dot.x > 0) x.add(dot.x);
  area.x = view.x && view.x->log == view.log_x ? *view.x : axis_around(x, view.log_x, 0);
  Extent y;
  const auto add = [&](const Extent& e) {
    y.add(e.hi);
    if (!view.log_y || e.lo > 0) y.add(e.lo);
  };
  for (const PlotLine& line : plot.lines)
    for (const auto values : {line.y, line.low, line.high}) add(extent_of(line.x, values, area.x));
  for (const PlotDot& dot : plot.dots) add(extent_of({&dot.x, 1}, {&dot.y, 1}, area.x));
  if (plot.y_from_zero && !view.log_y) y.add(0);
  area.y = view.y && view.y->log == view.log_y ? *view.y : axis_around(y, view.log_y, kMargin);
  if (plot.y_from_zero && !view.log_y && !view.y && y.lo == 0) area.y.lo = 0;
  return area;
}

void draw_plot(const char* id, ImVec2 size, const Plot& plot, PlotView& view) {
  PlotBox box = begin_plot(id, size);
  const bool some = anything(plot);
  draw_title(box, plot.title, legend_of(plot), log_switch("y scale", some ? &view.log_y : nullptr),
             plot.large);
  const PlotArea axes = plot_axes(plot, view);
  const PlotArea area = inner_area(box, axes.x, axes.y);
  if (some) {
    draw_axes(box, area, names_of(plot), &view.log_x);
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.PushClipRect(area.min, area.max, true);
    for (const PlotLine& line : plot.lines) draw_band(area, line);
    for (const PlotLine& line : plot.lines) draw_line(area, line);
    for (const PlotDot& dot : plot.dots) draw_dot(area, dot);
    draw_marks(area, plot.marks);
    reset_button(area, view);  // Before the area, which would have the mouse.
    if (plot_mouse(area, view)) hover(area, plot);
    draw.PopClipRect();
  } else {
    draw_empty(box, plot.empty);
  }
  end_plot(box);
}

}  // namespace stepwise::app
