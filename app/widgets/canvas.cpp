#include "widgets/canvas.h"

#include <algorithm>
#include <cmath>

#include "widgets/theme.h"

namespace stepwise::app {

Placed place_picture(const Rect& area, int width, int height, const Camera& camera) {
  float pixel = std::min(area.width() / float(width), area.height() / float(height));
  if (pixel >= 2) pixel = std::floor(pixel);
  pixel = std::max(pixel * camera.zoom, 0.01f);
  const float w = pixel * float(width), h = pixel * float(height);
  const ImVec2 middle{(area.min.x + area.max.x) / 2, (area.min.y + area.max.y) / 2};
  const ImVec2 min{std::round(middle.x - w * (0.5f + camera.x)),
                   std::round(middle.y - h * (0.5f + camera.y))};
  return {{min, {min.x + w, min.y + h}}, pixel};
}

void zoom_about(Camera& camera, const Rect& area, int width, int height, ImVec2 mouse,
                float factor) {
  const Placed before = place_picture(area, width, height, camera);
  const ImVec2 at = before.to_picture(mouse);
  camera.zoom = std::clamp(camera.zoom * factor, 1.f, kMaxZoom);
  if (camera.zoom <= 1.001f) {
    camera = {};
    return;
  }
  const Placed after = place_picture(area, width, height, camera);
  camera.x += (after.rect.min.x + at.x * after.pixel - mouse.x) / after.rect.width();
  camera.y += (after.rect.min.y + at.y * after.pixel - mouse.y) / after.rect.height();
  camera.x = std::clamp(camera.x, -0.5f, 0.5f);
  camera.y = std::clamp(camera.y, -0.5f, 0.5f);
}

void pan(Camera& camera, const Placed& placed, ImVec2 delta) {
  camera.x = std::clamp(camera.x - delta.x / placed.rect.width(), -0.5f, 0.5f);
  camera.y = std::clamp(camera.y - delta.y / placed.rect.height(), -0.5f, 0.5f);
}

void brush_outline(ImDrawList& list, const Placed& placed, ImVec2 centre, float size) {
  const float radius = std::max(size / 2 * placed.pixel, px(3));
  list.AddCircle(centre, radius + px(1), IM_COL32(0, 0, 0, 160), 48, px(1));
  list.AddCircle(centre, radius, IM_COL32(255, 255, 255, 230), 48, px(1.5f));
}

}  // namespace stepwise::app
