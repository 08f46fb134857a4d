// The look: colors, sizes and type, one place for all. Lengths are given in points and scaled by
// px(). Dear ImGui's current context is what they apply to; window thread only.
#pragma once

#include <imgui.h>

namespace stepwise::app {

namespace color {
inline constexpr ImU32 kBackground = IM_COL32(19, 20, 22, 255);  // Behind everything.
inline constexpr ImU32 kPanel = IM_COL32(27, 28, 31, 255);
inline constexpr ImU32 kRaised = IM_COL32(38, 40, 44, 255);  // Buttons, fields, sliders.
inline constexpr ImU32 kHovered = IM_COL32(50, 52, 58, 255);
inline constexpr ImU32 kPressed = IM_COL32(60, 63, 70, 255);
inline constexpr ImU32 kLine = IM_COL32(44, 46, 51, 255);  // Separators, borders.
inline constexpr ImU32 kText = IM_COL32(226, 228, 232, 255);
inline constexpr ImU32 kDim = IM_COL32(148, 152, 161, 255);  // Captions, units, what is off.
inline constexpr ImU32 kFaint = IM_COL32(92, 96, 105, 255);  // Ticks, hints that may be overlooked.
inline constexpr ImU32 kAccent = IM_COL32(94, 160, 255, 255);  // What acts, what is chosen.
inline constexpr ImU32 kAccentDark = IM_COL32(38, 96, 188, 255);
inline constexpr ImU32 kGood = IM_COL32(96, 196, 140, 255);
inline constexpr ImU32 kWarning = IM_COL32(236, 182, 86, 255);
inline constexpr ImU32 kBad = IM_COL32(240, 108, 104, 255);
}  // namespace color

// The same color, its opacity times `alpha`.
ImU32 faded(ImU32 color, float alpha);

// The hue of a branch or a curve; 0 is the root's and the accent.
ImU32 hue(int i);

enum class Font { kBody, kCaption, kHeading, kTitle };  // In the order they are added to the atlas.
inline constexpr float kFontSizes[] = {15, 13, 15, 18};

// That font, or the default one where the atlas has fewer.
ImFont* font(Font which);

// `points` in pixels of the screen, whole, following the scale the fonts were made at.
float px(float points);

// Colors, rounding and spacing of Dear ImGui's own widgets, at a scale.
void set_theme(ImGuiStyle& style, float scale);

}  // namespace stepwise::app
