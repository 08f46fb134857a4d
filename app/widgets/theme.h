// The look: colors in use, sizes and type, one place for all. Lengths are given in points and
// scaled by px(). Dear ImGui's current context is what they apply to; window thread only.
#pragma once

#include <imgui.h>

#include "widgets/palette.h"

namespace stepwise::app {

// Those of the palette that set_theme() chose last.
namespace color {
inline constinit Palette in_use = kDarkPalette;
inline const ImU32& kBackground = in_use.background;
inline const ImU32& kPanel = in_use.panel;
inline const ImU32& kPopup = in_use.popup;
inline const ImU32& kRaised = in_use.raised;
inline const ImU32& kHovered = in_use.hovered;
inline const ImU32& kPressed = in_use.pressed;
inline const ImU32& kLine = in_use.line;
inline const ImU32& kEdge = in_use.edge;
inline const ImU32& kFill = in_use.fill;
inline const ImU32& kText = in_use.text;
inline const ImU32& kDim = in_use.dim;
inline const ImU32& kFaint = in_use.faint;
inline const ImU32& kBright = in_use.bright;
inline const ImU32& kAccent = in_use.accent;
inline const ImU32& kChosen = in_use.chosen;
inline const ImU32& kAction = in_use.action;
inline const ImU32& kActionHovered = in_use.action_hovered;
inline const ImU32& kActionPressed = in_use.action_pressed;
inline const ImU32& kOnAction = in_use.on_action;
inline const ImU32& kGood = in_use.good;
inline const ImU32& kWarning = in_use.warning;
inline const ImU32& kBad = in_use.bad;
}  // namespace color

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
