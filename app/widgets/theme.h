// The look: colors in use, sizes and type, one place for all. Lengths are given in points and
// scaled by px(). Dear ImGui's current context is what they apply to; window thread only.
#pragma once

#include <imgui.h>

#include "widgets/palette.h"

namespace stepwise::app {

inline constinit Palette colors = kDarkPalette;  // Chosen by set_theme().

// The same color, its opacity times `alpha`.
ImU32 faded(ImU32 color, float alpha);

// The first color where `share` is 1, the other one where it is 0. What is drawn in it twice looks
// the same.
ImU32 mixed(ImU32 color, ImU32 ground, float share);

// The hue of a branch or a curve; 0 is the root's.
ImU32 hue(int i);

enum class Font { kBody, kCaption, kHeading, kTitle };  // In the order they are added to the atlas.
inline constexpr float kFontSizes[] = {15, 13, 17, 20};

// That font, or the default one where the atlas has fewer.
ImFont* font(Font which);

// Words in another font than the current one.
float width_of(const char* words, Font font);
void draw_text(ImDrawList& list, ImVec2 at, Font font, ImU32 ink, const char* words);

// `points` in pixels of the screen, whole, following the scale the fonts were made at.
float px(float points);

// How large everything is drawn: 1 is a point to the pixel.
double scale_in_use();

// Colors, rounding and spacing of Dear ImGui's own widgets and of ours, at a scale. Between frames.
void set_theme(ImGuiStyle& style, float scale, const Palette& palette = kDarkPalette);

}  // namespace stepwise::app
