#include "widgets/theme.h"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <initializer_list>

namespace stepwise::app {

ImU32 faded(ImU32 color, float alpha) {
  const ImU32 a = ImU32(float(color >> IM_COL32_A_SHIFT) * alpha + 0.5f);
  return (color & ~IM_COL32_A_MASK) | (a << IM_COL32_A_SHIFT);
}

ImU32 mixed(ImU32 color, ImU32 ground, float share) {
  ImU32 mix = 0;
  for (int shift = 0; shift < 32; shift += 8) {
    const float a = float(color >> shift & 0xFF), b = float(ground >> shift & 0xFF);
    mix |= ImU32(b + (a - b) * share + 0.5f) << shift;
  }
  return mix;
}

ImU32 hue(int i) {
  const auto& hues = colors.hues;
  const int count = int(hues.size());
  return hues[std::size_t((i % count + count) % count)];
}

ImFont* font(Font which) {
  const ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  return int(which) < atlas.Fonts.Size ? atlas.Fonts[int(which)] : atlas.Fonts[0];
}

float width_of(const char* words, Font which) {
  const ImFont& in = *font(which);
  return in.CalcTextSizeA(in.FontSize, FLT_MAX, 0, words).x;
}

void draw_text(ImDrawList& list, ImVec2 at, Font which, ImU32 ink, const char* words) {
  const ImFont& in = *font(which);
  list.AddText(&in, in.FontSize, at, ink, words);
}

double scale_in_use() { return font(Font::kBody)->FontSize / kFontSizes[int(Font::kBody)]; }

float px(float points) { return std::round(points * float(scale_in_use())); }

namespace {

// In points.
void set_sizes(ImGuiStyle& style) {
  style.WindowPadding = {12, 12};
  style.FramePadding = {8, 5};
  style.ItemSpacing = {8, 8};
  style.ItemInnerSpacing = {6, 4};
  style.CellPadding = {4, 4};
  style.WindowRounding = 6;
  style.ChildRounding = 6;
  style.FrameRounding = 4;
  style.PopupRounding = 6;
  style.ScrollbarRounding = 4;
  style.WindowBorderSize = 1;
  style.ChildBorderSize = 0;
  style.PopupBorderSize = 1;
  style.FrameBorderSize = 1;
  style.ScrollbarSize = 10;
  style.GrabMinSize = 12;
  style.DisabledAlpha = 0.45f;
}

void set_colors(ImGuiStyle& style) {
  const auto set = [&](std::initializer_list<ImGuiCol> which, ImU32 value) {
    for (const ImGuiCol i : which) style.Colors[i] = ImGui::ColorConvertU32ToFloat4(value);
  };
  set({ImGuiCol_Text}, colors.text);
  set({ImGuiCol_TextDisabled}, colors.dim);
  set({ImGuiCol_WindowBg, ImGuiCol_TitleBg, ImGuiCol_TitleBgActive, ImGuiCol_TitleBgCollapsed},
      colors.panel);
  set({ImGuiCol_PopupBg}, colors.popup);
  set({ImGuiCol_ChildBg, ImGuiCol_BorderShadow, ImGuiCol_ScrollbarBg}, 0);
  set({ImGuiCol_Separator, ImGuiCol_TableBorderLight}, colors.line);
  set({ImGuiCol_Border, ImGuiCol_ScrollbarGrab}, colors.edge);
  set({ImGuiCol_FrameBg, ImGuiCol_Button}, colors.raised);
  set({ImGuiCol_FrameBgHovered, ImGuiCol_ButtonHovered, ImGuiCol_HeaderHovered,
       ImGuiCol_SeparatorHovered},
      colors.hovered);
  set({ImGuiCol_FrameBgActive, ImGuiCol_ButtonActive, ImGuiCol_HeaderActive,
       ImGuiCol_SeparatorActive},
      colors.pressed);
  set({ImGuiCol_ScrollbarGrabHovered, ImGuiCol_ScrollbarGrabActive}, colors.faint);
  set({ImGuiCol_CheckMark, ImGuiCol_NavHighlight}, colors.accent);
  set({ImGuiCol_Header, ImGuiCol_TextSelectedBg}, colors.chosen);
  set({ImGuiCol_ResizeGrip}, 0);
  set({ImGuiCol_ResizeGripHovered, ImGuiCol_ResizeGripActive}, colors.pressed);
}

}  // namespace

void set_theme(ImGuiStyle& style, float scale, const Palette& palette) {
  colors = palette;
  style = ImGuiStyle();
  set_sizes(style);
  style.AntiAliasedLinesUseTex = true;
  style.ScaleAllSizes(scale);
  style.FrameBorderSize = std::max(1.f, std::floor(scale));
  style.WindowMinSize = {1, 1};
  set_colors(style);
}

}  // namespace stepwise::app
