#include "widgets/level_color.h"

#include <algorithm>
#include <array>

#include "widgets/axis.h"
#include "widgets/theme.h"

namespace stepwise::app {
namespace {

constexpr Axis kLevels{0.02, 80, true};  // Beyond its ends colors stay as they are.
// Each brighter than the one before, and none a grey.
constexpr std::array kColors = {IM_COL32(112, 64, 200, 255), IM_COL32(190, 62, 160, 255),
                                IM_COL32(232, 90, 100, 255), IM_COL32(248, 150, 62, 255),
                                IM_COL32(246, 226, 74, 255)};
constexpr int kPieces = 24;  // Of a bar.

}  // namespace

ImU32 level_color(double sigma) {
  constexpr int kParts = int(kColors.size()) - 1;
  const double at = std::clamp(kLevels.position(sigma), 0., 1.) * kParts;
  const int part = std::min(int(at), kParts - 1);
  return mixed(kColors[std::size_t(part) + 1], kColors[std::size_t(part)], float(at - part));
}

void level_bar(ImDrawList& list, ImVec2 min, ImVec2 max, double low, double high,
               bool logarithmic) {
  const Axis levels{low, high, logarithmic};
  const float piece = (max.x - min.x) / kPieces;
  for (int i = 0; i < kPieces; ++i) {
    const ImU32 left = level_color(levels.value(double(i) / kPieces));
    const ImU32 right = level_color(levels.value(double(i + 1) / kPieces));
    const float x = min.x + piece * float(i);
    list.AddRectFilledMultiColor({x, min.y}, {x + piece, max.y}, left, right, right, left);
  }
}

}  // namespace stepwise::app
