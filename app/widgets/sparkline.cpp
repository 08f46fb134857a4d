#include "widgets/sparkline.h"

#include <algorithm>
#include <vector>

#include "widgets/theme.h"

namespace stepwise::app {

void sparkline(ImDrawList& list, ImVec2 min, ImVec2 max, std::span<const double> x,
               std::span<const float> values, const Axis& y, ImU32 color) {
  const std::size_t count = std::min(x.size(), values.size());
  if (count == 0) return;
  const Axis along{x.front(), std::max(x[count - 1], x.front() + 1)};
  std::vector<ImVec2> points;
  for (std::size_t i = 0; i < count; ++i) {
    if (!std::isfinite(values[i])) continue;
    const float up = float(std::clamp(y.position(values[i]), 0., 1.));
    points.push_back(
        {min.x + float(along.position(x[i])) * (max.x - min.x), max.y - up * (max.y - min.y)});
  }
  if (points.empty()) return;
  list.AddPolyline(points.data(), int(points.size()), color, ImDrawFlags_None, px(3) / 2);
  list.AddCircleFilled(points.back(), px(2), color);
}

}  // namespace stepwise::app
