#include <array>
#include <cmath>
#include <span>
#include <string>

#include "panels/panels.h"
#include "widgets/controls.h"

namespace stepwise::app {
namespace {

// All keys in one list.
struct Shortcut {
  const char* keys;
  const char* what;  // One line; an empty one for `keys` starts a group and names it.
};

constexpr std::array kTimeShortcuts = {
    Shortcut{"", "Time"},
    Shortcut{"Space", "Play or stop"},
    Shortcut{"Left, Right", "One step back or on"},
    Shortcut{"Home, End", "Pure noise, finished picture"},
    Shortcut{"Up, Down", "The branch above or below"},
    Shortcut{"Page Up, Down", "Another picture of the batch"},
    Shortcut{"", "View"},
    Shortcut{"1  2  3  4", "Noisy, guess, noise, change"},
    Shortcut{"5 or Q", "All four side by side"},
    Shortcut{"F", "Fit the picture to the window"},
    Shortcut{"G", "All pictures, large"},
    Shortcut{"C", "Held: as it was before (Live)"},
    Shortcut{"Tab", "Fold all panels, or unfold them"},
    Shortcut{"Wheel", "Zoom the picture"},
    Shortcut{"Ctrl+Wheel", "Zoom the plot"},
};

// After those of the tools, which stand with them.
constexpr std::array kPaintShortcuts = {
    Shortcut{"[  ]", "Smaller or larger brush"},
    Shortcut{"Ctrl+Z", "Take back what was done"},
    Shortcut{"Ctrl+Y", "Bring it back"},
    Shortcut{"Delete", "Delete this branch"},
    Shortcut{"R or Enter", "Resample from here"},
    Shortcut{"", "Window"},
    Shortcut{"F1 to F4", "Paint, train, lab, runs"},
    Shortcut{"F6", "Arrows go through the controls"},
    Shortcut{"L", "Log"},
    Shortcut{"?", "This page"},
    Shortcut{"Esc", "Close, or drop the painting"},
    Shortcut{"Ctrl +  -  0", "Larger, smaller, as usual"},
    Shortcut{"Ctrl+Q", "Quit"},
};

constexpr float kKeyWidth = 96;
constexpr float kColumnWidth = 320;
constexpr float kCloseWidth = 80;

// A key, or several, in a box like that of a key cap.
void key_cap(const char* keys) {
  ImGui::PushFont(font(Font::kCaption));
  const ImVec2 size = ImGui::CalcTextSize(keys);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 pad{px(6), px(2)};
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw.AddRectFilled(at, {at.x + size.x + 2 * pad.x, at.y + size.y + 2 * pad.y}, colors.raised,
                     px(4));
  draw.AddText({at.x + pad.x, at.y + pad.y}, colors.text, keys);
  ImGui::Dummy({size.x + 2 * pad.x, size.y + 2 * pad.y});
  ImGui::PopFont();
}

void row(const char* keys, const char* what) {
  const float left = ImGui::GetCursorPosX();
  key_cap(keys);
  ImGui::SameLine();
  ImGui::SetCursorPosX(left + px(kKeyWidth));
  text(what, colors.dim);
}

void rows(std::span<const Shortcut> shortcuts) {
  bool first = true;
  for (const Shortcut& shortcut : shortcuts) {
    if (shortcut.keys[0] != '\0') {
      row(shortcut.keys, shortcut.what);
    } else {
      if (!first) ImGui::Dummy({0, px(8)});
      text(shortcut.what, colors.text, Font::kHeading);
    }
    first = false;
  }
}

void tool_rows() {
  text("Paint", colors.text, Font::kHeading);
  for (const ToolInfo& tool : kTools) row(std::string(1, tool.key).c_str(), tool.label);
}

// How large everything is, and in which colors.
void looks(Ui& ui) {
  ImGui::Checkbox("Light", &ui.light);
  tooltip("Colors for a projector in a bright room.");
  ImGui::SameLine(0, px(24));
  ImGui::AlignTextToFramePadding();
  text("Size", colors.dim);
  ImGui::SameLine();
  if (plain_button("\xe2\x88\x92##smaller", ImGui::GetFrameHeight())) zoom_window(ui, -1);
  ImGui::SameLine(0, px(4));
  text(text_of(std::lround(100 * scale_in_use()), " %"));
  ImGui::SameLine(0, px(4));
  if (plain_button("+##larger", ImGui::GetFrameHeight())) zoom_window(ui, 1);
}

}  // namespace

void help_panel(Ui& ui) {
  if (!ui.help) return;
  const ImVec2 screen = ImGui::GetMainViewport()->WorkSize;
  ImGui::SetNextWindowPos({screen.x / 2, screen.y / 2}, ImGuiCond_Always, {0.5f, 0.5f});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(24), px(20)});
  if (ImGui::Begin("Help", &ui.help,
                   ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize |
                       ImGuiWindowFlags_NoMove | ImGuiWindowFlags_AlwaysAutoResize |
                       ImGuiWindowFlags_NoSavedSettings)) {
    text("Keys", colors.text, Font::kTitle);
    ImGui::Dummy({0, px(4)});
    const float left = ImGui::GetCursorPosX();
    ImGui::BeginGroup();
    rows(kTimeShortcuts);
    ImGui::EndGroup();
    ImGui::SameLine(left + px(kColumnWidth));
    ImGui::BeginGroup();
    tool_rows();
    rows(kPaintShortcuts);
    ImGui::EndGroup();
    ImGui::Dummy({0, px(8)});
    text(
        "σ: standard deviation of the noise, where pictures lie in [-1, 1]. D: the model's "
        "guess.",
        colors.dim, Font::kCaption);
    ImGui::Dummy({0, px(4)});
    looks(ui);
    ImGui::SameLine(left + 2 * px(kColumnWidth) - px(kCloseWidth));
    if (plain_button("Close", px(kCloseWidth))) ui.help = false;
  }
  ImGui::End();
  ImGui::PopStyleVar();
}

}  // namespace stepwise::app
