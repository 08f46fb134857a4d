// Signs for what tools do and where, drawn in lines. Window thread only.
#pragma once

struct ImDrawList;
struct ImVec2;

namespace stepwise::app {

enum class Icon {
  kPaint,
  kStamp,
  kSmudge,
  kLock,
  kEraser,
  kMove,
  kHand,
  kRewind,
  kRegion,
  kWish,
  kBrush,
  kLine,
  kRectangle,
  kLasso,
  kFill,
  kGradient,
  kEverywhere,
  kEye,
  kNoEye,
};
inline constexpr int kIconCount = int(Icon::kNoEye) + 1;

// In a square of that side around the middle.
void draw_icon(ImDrawList& list, Icon icon, ImVec2 middle, float side, unsigned int ink);

// A button of that size with a sign on it; `id` is what it is called. Chosen ones look like those
// of segments().
bool icon_button(const char* id, Icon icon, ImVec2 size, bool chosen, bool enabled = true);

}  // namespace stepwise::app
