#include "widgets/theme.h"

#include <cmath>
#include <initializer_list>
#include <iterator>

namespace stepwise::app {

ImU32 faded(ImU32 color, float alpha) {
  const ImU32 a = ImU32(float(color >> IM_COL32_A_SHIFT) * alpha + 0.5f);
  return (color & ~IM_COL32_A_MASK) | (a << IM_COL32_A_SHIFT);
}

ImU32 hue(int i) {
  static constexpr ImU32 kHues[] = {
      color::kAccent,
      IM_COL32(242, 158, 92, 255),
      IM_COL32(102, 204, 160, 255),
      IM_COL32(198, 134, 240, 255),
      IM_COL32(240, 206, 100, 255),
      IM_COL32(240, 120, 150, 255),
      IM_COL32(104, 204, 222, 255),
      IM_COL32(172, 206, 98, 255),
  };
  constexpr int count = int(std::size(kHues));
  return kHues[(i % count + count) % count];
}

ImFont* font(Font which) {
  const ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  return int(which) < atlas.Fonts.Size ? atlas.Fonts[int(which)] : atlas.Fonts[0];
}

float px(float points) {
  return std::round(points * font(Font::kBody)->FontSize / kFontSizes[int(Font::kBody)]);
}

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
  style.GrabRounding = 4;
  style.ScrollbarRounding = 4;
  style.TabRounding = 4;
  style.WindowBorderSize = 1;
  style.ChildBorderSize = 0;
  style.PopupBorderSize = 1;
  style.FrameBorderSize = 0;
  style.ScrollbarSize = 10;
  style.GrabMinSize = 12;
}

void set_colors(ImGuiStyle& style) {
  const auto set = [&](std::initializer_list<ImGuiCol> which, ImU32 value) {
    for (const ImGuiCol i : which) style.Colors[i] = ImGui::ColorConvertU32ToFloat4(value);
  };
  using namespace color;
  set({ImGuiCol_Text}, kText);
  set({ImGuiCol_TextDisabled}, kDim);
  set({ImGuiCol_WindowBg, ImGuiCol_TitleBg, ImGuiCol_TitleBgActive, ImGuiCol_TitleBgCollapsed},
      kPanel);
  set({ImGuiCol_PopupBg, ImGuiCol_MenuBarBg}, IM_COL32(33, 35, 38, 255));
  set({ImGuiCol_ChildBg, ImGuiCol_BorderShadow, ImGuiCol_ScrollbarBg}, 0);
  set({ImGuiCol_Border, ImGuiCol_Separator, ImGuiCol_TableBorderLight, ImGuiCol_TableBorderStrong},
      kLine);
  set({ImGuiCol_FrameBg, ImGuiCol_Button, ImGuiCol_Header, ImGuiCol_Tab, ImGuiCol_ScrollbarGrab},
      kRaised);
  set({ImGuiCol_FrameBgHovered, ImGuiCol_ButtonHovered, ImGuiCol_HeaderHovered, ImGuiCol_TabHovered,
       ImGuiCol_ScrollbarGrabHovered, ImGuiCol_SeparatorHovered},
      kHovered);
  set({ImGuiCol_FrameBgActive, ImGuiCol_ButtonActive, ImGuiCol_HeaderActive, ImGuiCol_TabActive,
       ImGuiCol_ScrollbarGrabActive, ImGuiCol_SeparatorActive},
      kPressed);
  set({ImGuiCol_SliderGrab, ImGuiCol_CheckMark, ImGuiCol_PlotHistogram, ImGuiCol_NavHighlight},
      kAccent);
  set({ImGuiCol_SliderGrabActive}, IM_COL32(140, 188, 255, 255));
  set({ImGuiCol_TextSelectedBg, ImGuiCol_DragDropTarget}, kAccentDark);
  set({ImGuiCol_ResizeGrip}, 0);
  set({ImGuiCol_ResizeGripHovered, ImGuiCol_ResizeGripActive}, kPressed);
  set({ImGuiCol_TableHeaderBg}, kRaised);
  set({ImGuiCol_TableRowBg}, 0);
  set({ImGuiCol_TableRowBgAlt}, IM_COL32(255, 255, 255, 6));
}

}  // namespace

void set_theme(ImGuiStyle& style, float scale) {
  style = ImGuiStyle();
  set_sizes(style);
  style.AntiAliasedLinesUseTex = true;
  style.ScaleAllSizes(scale);
  style.WindowMinSize = {1, 1};
  set_colors(style);
}

}  // namespace stepwise::app
