// What layers mark on the picture, drawn over it.
#include <imgui.h>

#include <cmath>

#include "panels/tool_parts.h"
#include "view/marks.h"
#include "widgets/controls.h"
#include "widgets/level_color.h"

namespace stepwise::app {
namespace {

constexpr float kSeen = 0.05f;  // Smaller shares of a pixel are none.

Rect pixel_of(const Placed& placed, int y, int x) {
  const ImVec2 min{placed.rect.min.x + float(x) * placed.pixel,
                   placed.rect.min.y + float(y) * placed.pixel};
  return {min, {min.x + placed.pixel, min.y + placed.pixel}};
}

// A line around all pixels with at least half of the value that is there.
void draw_edge(ImDrawList& list, const Image& mask, const Placed& placed, ImU32 color) {
  const auto held = [&](int y, int x) {
    return y >= 0 && x >= 0 && y < mask.height && x < mask.width && mask.at(y, x) >= 0.5f;
  };
  for (int y = 0; y < mask.height; ++y)
    for (int x = 0; x < mask.width; ++x) {
      if (!held(y, x)) continue;
      const auto [a, b] = pixel_of(placed, y, x);
      if (!held(y - 1, x)) list.AddLine(a, {b.x, a.y}, color, px(1.5f));
      if (!held(y + 1, x)) list.AddLine({a.x, b.y}, b, color, px(1.5f));
      if (!held(y, x - 1)) list.AddLine(a, {a.x, b.y}, color, px(1.5f));
      if (!held(y, x + 1)) list.AddLine({b.x, a.y}, b, color, px(1.5f));
    }
}

template <class ColorOf>
void draw_veil(ImDrawList& list, const Image& map, const Placed& placed, ColorOf color_of) {
  for (int y = 0; y < map.height; ++y)
    for (int x = 0; x < map.width; ++x) {
      const auto [a, b] = pixel_of(placed, y, x);
      if (const ImU32 color = color_of(map.at(y, x))) list.AddRectFilled(a, b, color);
    }
}

// In the middle of its share, on a ground of its own.
void draw_region_name(ImDrawList& list, const MarkedRegion& region, const Placed& placed) {
  double weight = 0, middle_x = 0, middle_y = 0;
  for (int y = 0; y < region.share.height; ++y)
    for (int x = 0; x < region.share.width; ++x) {
      const double share = std::abs(region.share.at(y, x));
      weight += share, middle_x += share * (x + 0.5), middle_y += share * (y + 0.5);
    }
  if (weight == 0) return;
  const char* words = region.name.c_str();
  const ImVec2 size{width_of(words, Font::kCaption), font(Font::kCaption)->FontSize};
  const ImVec2 at{
      std::round(placed.rect.min.x + float(middle_x / weight) * placed.pixel - size.x / 2),
      std::round(placed.rect.min.y + float(middle_y / weight) * placed.pixel - size.y / 2)};
  list.AddRectFilled({at.x - px(5), at.y - px(2)}, {at.x + size.x + px(5), at.y + size.y + px(2)},
                     colors.popup, px(3));
  draw_text(list, at, Font::kCaption, colors.text, words);
}

void draw_region(ImDrawList& list, const MarkedRegion& region, const Placed& placed) {
  const ImU32 color = class_color(region.label);
  draw_veil(list, region.share, placed, [&](float share) {
    return std::abs(share) < kSeen ? 0 : faded(color, std::fmin(1, std::abs(share)) * 0.3f);
  });
  draw_edge(list, region.share, placed, color);
  draw_region_name(list, region, placed);
}

}  // namespace

ImU32 class_color(int label) { return hue(label + 1); }

void draw_marks(ImDrawList& list, const View& view, const Ui& ui, const Placed& placed) {
  const Image held = held_here(view, ui);
  draw_veil(list, held, placed,
            [](float share) { return share < 0.5f ? 0 : faded(colors.accent, 0.12f); });
  draw_edge(list, held, placed, colors.accent);
  draw_veil(list, levels_here(view, ui), placed, [](float sigma) {
    return sigma < kRewindLevel.min ? 0 : faded(level_color(sigma), 0.5f);
  });
  for (const MarkedRegion& region : regions_here(view, ui)) draw_region(list, region, placed);
}

}  // namespace stepwise::app
