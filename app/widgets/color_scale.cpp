#include "widgets/color_scale.h"

#include <fmt/core.h>

#include <array>
#include <cmath>
#include <span>
#include <string>

#include "widgets/theme.h"

namespace stepwise::app {
namespace {

constexpr float kWidth = 96, kHeight = 8;  // Points, of the bar.
constexpr float kLeastPicture = 200;       // Points wide, from which on there is room for it.
constexpr ImU32 kInk = IM_COL32(226, 228, 232, 255), kPaper = IM_COL32(19, 20, 22, 200);

// As shaders/picture.frag has them, from the lowest value to the highest.
constexpr std::array kDivergingColors = {IM_COL32(168, 219, 255, 255), kBelow,
                                         IM_COL32(22, 22, 24, 255), kAbove,
                                         IM_COL32(255, 217, 178, 255)};
constexpr std::array kGreys = {IM_COL32(0, 0, 0, 255), IM_COL32(255, 255, 255, 255)};

void draw_bar(ImDrawList& list, std::span<const ImU32> colors, ImVec2 min, ImVec2 max) {
  const float each = (max.x - min.x) / float(colors.size() - 1);
  for (std::size_t i = 0; i + 1 < colors.size(); ++i) {
    const float from = min.x + each * float(i);
    list.AddRectFilledMultiColor({from, min.y}, {from + each, max.y}, colors[i], colors[i + 1],
                                 colors[i + 1], colors[i]);
  }
}

}  // namespace

void draw_scale(ImDrawList& list, const Shown& shown, const Rect& picture) {
  if ((!shown.diverging && shown.range == 1) || picture.width() < px(kLeastPicture)) return;
  const std::string low = fmt::format("{:.2g}", -shown.range);
  const std::string high = fmt::format("{:.2g}", shown.range);
  const float gap = px(6), line = font(Font::kCaption)->FontSize;
  const ImVec2 at{picture.min.x + px(8), picture.max.y - px(12) - line};
  const float from = at.x + gap + width_of(low.c_str(), Font::kCaption) + gap,
              to = from + px(kWidth);
  list.AddRectFilled(at,
                     {to + gap + width_of(high.c_str(), Font::kCaption) + gap, at.y + line + px(4)},
                     kPaper, px(4));
  const float middle = std::round(at.y + (line + px(4)) / 2);
  const float top = std::round(middle - line / 2);
  draw_text(list, {at.x + gap, top}, Font::kCaption, kInk, low.c_str());
  draw_text(list, {to + gap, top}, Font::kCaption, kInk, high.c_str());
  const ImVec2 min{from, middle - px(kHeight) / 2}, max{to, middle + px(kHeight) / 2};
  if (shown.diverging)
    draw_bar(list, kDivergingColors, min, max);
  else
    draw_bar(list, kGreys, min, max);
}

void draw_strengths(ImDrawList& list, ImVec2 min, ImVec2 max) {
  draw_bar(list, std::span(kDivergingColors).subspan(kDivergingColors.size() / 2), min, max);
}

}  // namespace stepwise::app
