#include "widgets/star.h"

#include <cmath>

namespace stepwise::app {

void draw_star(ImDrawList& list, ImVec2 middle, float radius, ImU32 ink) {
  const auto point = [&](int i, float r) {
    const float angle = float(i) * 0.62831853f - 1.5707963f;
    return ImVec2{middle.x + r * std::cos(angle), middle.y + r * std::sin(angle)};
  };
  for (int i = 0; i < 10; i += 2) {
    list.AddTriangleFilled(point(i - 1, radius * 0.45f), point(i, radius),
                           point(i + 1, radius * 0.45f), ink);
    list.AddTriangleFilled(middle, point(i - 1, radius * 0.45f), point(i + 1, radius * 0.45f), ink);
  }
}

}  // namespace stepwise::app
