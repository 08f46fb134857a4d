#include <imgui.h>

#include "panels/tool_parts.h"
#include "view/moving.h"
#include "view/strokes.h"
#include "widgets/theme.h"

namespace stepwise::app {
namespace {

constexpr ImU32 kDark = IM_COL32(0, 0, 0, 160), kBright = IM_COL32(255, 255, 255, 230);

// Seen on light and dark alike.
void two_toned(ImDrawList& list, ImVec2 a, ImVec2 b) {
  list.AddLine(a, b, kDark, px(3));
  list.AddLine(a, b, kBright, px(1.5f));
}

void cross(ImDrawList& list, ImVec2 at) {
  const float arm = px(9), gap = px(3);
  for (const ImVec2 d : {ImVec2{1, 0}, ImVec2{-1, 0}, ImVec2{0, 1}, ImVec2{0, -1}})
    two_toned(list, {at.x + d.x * gap, at.y + d.y * gap}, {at.x + d.x * arm, at.y + d.y * arm});
}

// The layer in work, where all of it is not seen in the picture itself.
struct Outline {
  ImDrawList& list;
  const Placed& placed;

  ImVec2 at(Point p) const {
    return {placed.rect.min.x + p.x * placed.pixel, placed.rect.min.y + p.y * placed.pixel};
  }
  void operator()(const Polygon& polygon) const {
    const auto& corners = polygon.corners;
    for (std::size_t i = 0; i < corners.size(); ++i)
      two_toned(list, at(corners[i]), at(corners[(i + 1) % corners.size()]));
  }
  void operator()(const Gradient& gradient) const {
    two_toned(list, at(gradient.from), at(gradient.to));
    list.AddCircleFilled(at(gradient.from), px(4), kBright);
  }
  void operator()(const auto&) const {}
};

void handle(ImDrawList& list, ImVec2 at) {
  const float half = px(4);
  list.AddRectFilled({at.x - half, at.y - half}, {at.x + half, at.y + half}, kBright);
  list.AddRect({at.x - half, at.y - half}, {at.x + half, at.y + half}, kDark, 0, 0, px(1));
}

}  // namespace

void draw_moving(ImDrawList& list, const View& view, const Ui& ui, const Placed& placed) {
  const Outline outline{list, placed};
  if (ui.moving && ui.moving->grip == Grip::kNone) return std::visit(outline, ui.moving->selection);
  const Layer* layer = layer_in_hand(view, ui);
  if (!layer) return;
  const Bounds b = bounds_in_hand(*layer);
  const Point corners[] = {b.min, {b.max.x, b.min.y}, b.max, {b.min.x, b.max.y}};
  outline(Polygon{{std::begin(corners), std::end(corners)}});
  for (const Point& corner : corners) handle(list, outline.at(corner));
  const ImVec2 turns = outline.at(turning_handle(b, px(kHandle) / placed.pixel));
  list.AddCircleFilled(turns, px(6), kDark);
  list.AddCircleFilled(turns, px(4.5f), kBright);
}

void draw_tool(ImDrawList& list, const Ui& ui, const Placed& placed) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (is_stroke(ui.shape) && info_of(ui.tool).layer)
    brush_outline(list, placed, mouse, brush_of(ui).size);
  else
    cross(list, mouse);
  if (const Layer* layer = layer_in_work(ui)) std::visit(Outline{list, placed}, layer->shape);
}

}  // namespace stepwise::app
