// The colors of everything, for a dark room and for a projector in a bright one. Text is readable
// on every ground it stands on and the edges of controls are seen (tests/app/theme_test.cpp
// measures both). None is a pure grey: only pictures are. Blue is what acts and what is chosen.
#pragma once

#include <imgui.h>

#include <array>

namespace stepwise::app {

struct Palette {
  ImU32 background;  // Behind everything.
  ImU32 panel;
  ImU32 popup;
  ImU32 raised, hovered, pressed;  // Buttons, fields.
  ImU32 line;                      // Separators, grids.
  ImU32 edge;                      // Of controls; tracks of sliders.
  ImU32 fill;                      // The part of a slider or bar that is done.
  ImU32 text;
  ImU32 dim;     // Captions, units.
  ImU32 faint;   // Ticks, hints that may be overlooked.
  ImU32 bright;  // The playhead, knobs under the mouse.
  ImU32 accent;  // What acts, what is chosen: its words, lines and frames,
  ImU32 chosen;  //   the ground under it,
  ImU32 action, action_hovered, action_pressed;  // the button that acts,
  ImU32 on_action;                               //   and the words on it.
  ImU32 good, warning, bad;
  std::array<ImU32, 8> hues;  // Of branches and curves.
};

inline constexpr Palette kDarkPalette{
    .background = IM_COL32(19, 20, 22, 255),
    .panel = IM_COL32(27, 28, 31, 255),
    .popup = IM_COL32(33, 35, 38, 255),
    .raised = IM_COL32(42, 44, 49, 255),
    .hovered = IM_COL32(54, 57, 63, 255),
    .pressed = IM_COL32(60, 63, 70, 255),
    .line = IM_COL32(44, 46, 51, 255),
    .edge = IM_COL32(116, 120, 129, 255),
    .fill = IM_COL32(178, 182, 191, 255),
    .text = IM_COL32(226, 228, 232, 255),
    .dim = IM_COL32(168, 172, 181, 255),
    .faint = IM_COL32(144, 148, 157, 255),
    .bright = IM_COL32(255, 255, 255, 255),
    .accent = IM_COL32(94, 160, 255, 255),
    .chosen = IM_COL32(32, 62, 110, 255),
    .action = IM_COL32(38, 96, 188, 255),
    .action_hovered = IM_COL32(48, 112, 212, 255),
    .action_pressed = IM_COL32(30, 82, 166, 255),
    .on_action = IM_COL32(250, 252, 255, 255),
    .good = IM_COL32(96, 196, 140, 255),
    .warning = IM_COL32(236, 182, 86, 255),
    .bad = IM_COL32(244, 124, 120, 255),
    .hues = {IM_COL32(190, 146, 246, 255), IM_COL32(242, 158, 92, 255),
             IM_COL32(102, 204, 160, 255), IM_COL32(240, 206, 100, 255),
             IM_COL32(240, 120, 150, 255), IM_COL32(104, 204, 222, 255),
             IM_COL32(172, 206, 98, 255), IM_COL32(206, 180, 150, 255)},
};

inline constexpr Palette kLightPalette{
    .background = IM_COL32(226, 228, 232, 255),
    .panel = IM_COL32(244, 245, 247, 255),
    .popup = IM_COL32(251, 252, 254, 255),
    .raised = IM_COL32(232, 234, 238, 255),
    .hovered = IM_COL32(220, 223, 229, 255),
    .pressed = IM_COL32(206, 210, 217, 255),
    .line = IM_COL32(208, 211, 217, 255),
    .edge = IM_COL32(122, 126, 135, 255),
    .fill = IM_COL32(76, 80, 89, 255),
    .text = IM_COL32(28, 30, 34, 255),
    .dim = IM_COL32(72, 76, 84, 255),
    .faint = IM_COL32(92, 96, 104, 255),
    .bright = IM_COL32(10, 11, 13, 255),
    .accent = IM_COL32(24, 92, 200, 255),
    .chosen = IM_COL32(200, 220, 250, 255),
    .action = IM_COL32(30, 92, 196, 255),
    .action_hovered = IM_COL32(22, 78, 174, 255),
    .action_pressed = IM_COL32(18, 64, 146, 255),
    .on_action = IM_COL32(250, 252, 255, 255),
    .good = IM_COL32(16, 108, 62, 255),
    .warning = IM_COL32(132, 82, 0, 255),
    .bad = IM_COL32(178, 36, 32, 255),
    .hues = {IM_COL32(124, 66, 200, 255), IM_COL32(184, 92, 14, 255), IM_COL32(18, 128, 84, 255),
             IM_COL32(140, 110, 0, 255), IM_COL32(196, 50, 96, 255), IM_COL32(0, 120, 140, 255),
             IM_COL32(92, 122, 10, 255), IM_COL32(122, 92, 60, 255)},
};

}  // namespace stepwise::app
