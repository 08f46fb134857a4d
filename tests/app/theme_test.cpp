#include "widgets/theme.h"

#include <gtest/gtest.h>

#include <cmath>

#include "headless_imgui.h"
#include "widgets/controls.h"

namespace stepwise::app {
namespace {

// Relative luminance, as WCAG 2 has it.
double luminance(ImU32 color) {
  const auto linear = [&](int shift) {
    const double c = (color >> shift & 0xFF) / 255.;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(IM_COL32_R_SHIFT) + 0.7152 * linear(IM_COL32_G_SHIFT) +
         0.0722 * linear(IM_COL32_B_SHIFT);
}

double contrast(ImU32 a, ImU32 b) {
  const auto [dark, light] = std::minmax({luminance(a), luminance(b)});
  return (light + 0.05) / (dark + 0.05);
}

struct Named {
  const char* name;
  ImU32 Palette::*color;
};

void expect_contrast(const Palette& palette, std::initializer_list<Named> inks,
                     std::initializer_list<Named> grounds, double least) {
  for (const Named& ink : inks)
    for (const Named& ground : grounds)
      EXPECT_GE(contrast(palette.*ink.color, palette.*ground.color), least)
          << ink.name << " on " << ground.name;
}

#define NAMED(color) \
  Named { #color, &Palette::color }

class Theme : public testing::TestWithParam<const Palette*> {
 protected:
  const Palette& palette = *GetParam();
};

TEST_P(Theme, TextIsReadableOnEveryGroundItStandsOn) {
  expect_contrast(palette,
                  {NAMED(text), NAMED(dim), NAMED(faint), NAMED(accent), NAMED(good),
                   NAMED(warning), NAMED(bad)},
                  {NAMED(background), NAMED(panel), NAMED(popup), NAMED(raised)}, 4.5);
  expect_contrast(palette, {NAMED(text), NAMED(dim)},
                  {NAMED(hovered), NAMED(pressed), NAMED(chosen)}, 4.5);
  expect_contrast(palette, {NAMED(on_action)},
                  {NAMED(action), NAMED(action_hovered), NAMED(action_pressed)}, 4.5);
}

TEST_P(Theme, EdgesOfControlsAndWhatIsDrawnAreSeen) {
  expect_contrast(palette, {NAMED(edge), NAMED(fill), NAMED(bright), NAMED(accent)},
                  {NAMED(background), NAMED(panel), NAMED(popup)}, 3);
  for (const ImU32 hue : palette.hues)
    for (const ImU32 ground : {palette.background, palette.panel})
      EXPECT_GE(contrast(hue, ground), 3);
}

TEST_P(Theme, DearImGuisOwnWidgetsHaveTheSameContrast) {
  HeadlessImGui gui;
  set_theme(ImGui::GetStyle(), 1, palette);
  const auto color = [](ImGuiCol which) { return ImGui::GetColorU32(which); };
  for (const ImGuiCol ground :
       {ImGuiCol_WindowBg, ImGuiCol_PopupBg, ImGuiCol_FrameBg, ImGuiCol_FrameBgHovered,
        ImGuiCol_FrameBgActive, ImGuiCol_Button, ImGuiCol_ButtonHovered, ImGuiCol_ButtonActive,
        ImGuiCol_Header, ImGuiCol_HeaderHovered, ImGuiCol_HeaderActive, ImGuiCol_TextSelectedBg,
        ImGuiCol_TitleBgActive}) {
    EXPECT_GE(contrast(color(ImGuiCol_Text), color(ground)), 4.5)
        << ImGui::GetStyleColorName(ground);
    EXPECT_GE(contrast(color(ImGuiCol_TextDisabled), color(ground)), 4.5)
        << ImGui::GetStyleColorName(ground);
  }
  EXPECT_GE(ImGui::GetStyle().FrameBorderSize, 1);
  for (const ImGuiCol edge : {ImGuiCol_Border, ImGuiCol_ScrollbarGrab, ImGuiCol_CheckMark})
    for (const ImGuiCol ground : {ImGuiCol_WindowBg, ImGuiCol_PopupBg})
      EXPECT_GE(contrast(color(edge), color(ground)), 3) << ImGui::GetStyleColorName(edge);
}

// What is chosen or under the keys is told by its edge, also where it stands on another control.
TEST_P(Theme, EdgesAreSeenAgainstWhatTheyEncloseToo) {
  expect_contrast(palette, {NAMED(edge)}, {NAMED(raised)}, 3);
  expect_contrast(palette, {NAMED(accent)}, {NAMED(raised), NAMED(chosen)}, 3);
  HeadlessImGui gui;
  set_theme(ImGui::GetStyle(), 1, palette);
  for (const ImGuiCol ground : {ImGuiCol_WindowBg, ImGuiCol_PopupBg, ImGuiCol_Button})
    EXPECT_GE(contrast(ImGui::GetColorU32(ImGuiCol_NavHighlight), ImGui::GetColorU32(ground)), 3)
        << ImGui::GetStyleColorName(ground);
}

// Words that cannot be pressed can still be read, but are far from those that can.
TEST_P(Theme, WhatIsDisabledLooksDisabled) {
  HeadlessImGui gui;
  set_theme(ImGui::GetStyle(), 1, palette);
  const float alpha = ImGui::GetStyle().DisabledAlpha;
  const ImU32 ground = mixed(palette.raised, palette.panel, alpha);
  const ImU32 words = mixed(palette.text, ground, alpha);
  const ImU32 edge = mixed(palette.edge, palette.panel, alpha);
  EXPECT_GE(contrast(words, ground), 2);
  EXPECT_LT(contrast(words, ground), contrast(palette.text, palette.raised) / 2);
  EXPECT_LT(contrast(edge, palette.panel), 3);
  EXPECT_GE(contrast(edge, palette.panel), 1.2);
}

bool is_blue(ImU32 color) {
  const auto part = [&](int shift) { return int(color >> shift & 0xFF); };
  const int red = part(IM_COL32_R_SHIFT), green = part(IM_COL32_G_SHIFT);
  return red < green &&
         green + 25 < part(IM_COL32_B_SHIFT);  // Violet has more red, cyan more green.
}

// Whether anything of the latest frame is drawn in blue.
bool draws_blue() {
  const ImDrawData& data = *ImGui::GetDrawData();
  for (int i = 0; i < data.CmdListsCount; ++i)
    for (const ImDrawVert& vertex : data.CmdLists[i]->VtxBuffer)
      if (is_blue(vertex.col)) return true;
  return false;
}

TEST_P(Theme, BlueIsWhatActsAndWhatIsChosenAlone) {
  for (const ImU32 hue : palette.hues) EXPECT_FALSE(is_blue(hue));
  EXPECT_TRUE(is_blue(palette.accent) && is_blue(palette.action));
  HeadlessImGui gui;
  set_theme(ImGui::GetStyle(), 1, palette);
  int value = 5;
  gui.frame([&] {
    slider_row("Steps", value, {1, 10}, "%d", "How many.");
    progress_bar(0.5f, "half", "way");
    plain_button("Undo");
    primary_button("Resample", 0, false);
  });
  EXPECT_FALSE(draws_blue());
  gui.frame([] { primary_button("Resample", 0, true); });
  EXPECT_TRUE(draws_blue());
}

INSTANTIATE_TEST_SUITE_P(Dark, Theme, testing::Values(&kDarkPalette));
INSTANTIATE_TEST_SUITE_P(Light, Theme, testing::Values(&kLightPalette));

TEST(ThemeInUse, IsTheOneThatWasSetLast) {
  HeadlessImGui gui;
  set_theme(ImGui::GetStyle(), 1, kLightPalette);
  EXPECT_EQ(colors.panel, kLightPalette.panel);
  EXPECT_EQ(hue(0), kLightPalette.hues[0]);
  set_theme(ImGui::GetStyle(), 1);
  EXPECT_EQ(colors.panel, kDarkPalette.panel);
}

TEST(ThemeInUse, HeadingsAreLargerThanWhatTheyStandAbove) {
  EXPECT_GT(kFontSizes[int(Font::kHeading)], kFontSizes[int(Font::kBody)]);
}

}  // namespace
}  // namespace stepwise::app
