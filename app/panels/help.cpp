#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string>

#include "panels/panels.h"
#include "panels/part.h"
#include "panels/terms.h"
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
    Shortcut{"C", "Held: what it is compared with"},
    Shortcut{"Shift+C", "The same up to the mouse"},
    Shortcut{"X", "Compare others with this picture"},
    Shortcut{"Tab", "Fold all panels, or unfold them"},
    Shortcut{"Wheel", "Zoom the picture"},
    Shortcut{"Ctrl+Wheel", "Zoom the plot"},
    Shortcut{"Double click", "Name a branch, open a run"},
    Shortcut{"Right click", "What can be done there"},
};

// After those of the tools, which stand with them.
constexpr std::array kPaintShortcuts = {
    Shortcut{"[  ]", "Smaller or larger brush; Shift: softer"},
    Shortcut{"Ctrl+Z", "Take back what was done"},
    Shortcut{"Ctrl+Y", "Bring it back"},
    Shortcut{"Delete", "Delete this branch"},
    Shortcut{"R or Enter", "Resample from here"},
    Shortcut{"Shift+R", "Four variations from here"},
    Shortcut{"J", "Draw again without this step"},
    Shortcut{"", "Files"},
    Shortcut{"Ctrl+S", "Save this picture"},
    Shortcut{"Ctrl+Shift+S", "Save as ..."},
    Shortcut{"Ctrl+E", "Save another way"},
    Shortcut{"Ctrl+O", "Open a picture; or drop it"},
    Shortcut{"", "Window"},
    Shortcut{"F1 to F4", "Paint, train, lab, runs"},
    Shortcut{"F5", "Present: the picture alone"},
    Shortcut{"F6", "Arrows go through the controls"},
    Shortcut{"L", "Log"},
    Shortcut{"?", "This page"},
    Shortcut{"Esc", "Close, or drop the painting"},
    Shortcut{"Ctrl +  -  0", "Larger, smaller, as usual"},
    Shortcut{"Ctrl+Q", "Quit"},
};

constexpr float kKeyWidth = 96;
constexpr float kPageEdge = 8;       // What the page leaves of the window at each side.
constexpr float kColumnWidth = 320;  // Less where the window is narrow.
constexpr float kSizeWidth = 150;
constexpr float kCloseWidth = 80;
constexpr float kPagesWidth = 160;
constexpr float kSymbolWidth = 56;
constexpr float kFormulaFrom = 244;
constexpr float kWordsHeight = 450;  // At most; what does not fit scrolls.
constexpr float kAround = 180;       // Points of the window's height that words leave.

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

// Their keys and names, a few on a line.
template <class Table>
void key_rows(const Table& table) {
  constexpr std::size_t kInRow = 4;
  for (std::size_t first = 0; first < table.size(); first += kInRow) {
    std::string keys, labels;
    for (std::size_t i = first; i < std::min(first + kInRow, table.size()); ++i) {
      keys += text_of(i > first ? "  " : "", table[i].key);
      labels += text_of(i > first ? ", " : "", table[i].label);
    }
    row(keys.c_str(), labels.c_str());
  }
}

void tool_rows() {
  text("Paint", colors.text, Font::kHeading);
  key_rows(kTools);
  key_rows(kShapeTools);
}

void keys(float column) {
  const float left = ImGui::GetCursorPosX();
  ImGui::BeginGroup();
  rows(kTimeShortcuts);
  ImGui::EndGroup();
  ImGui::SameLine(left + column);
  ImGui::BeginGroup();
  tool_rows();
  rows(kPaintShortcuts);
  ImGui::EndGroup();
}

void word(const Term& term) {
  const float left = ImGui::GetCursorPosX();
  ImGui::BeginGroup();
  text(term.symbol, colors.text, Font::kHeading);
  ImGui::SameLine(left + px(kSymbolWidth));
  ImGui::BeginGroup();
  text(term.name);
  ImGui::SameLine(left + px(kFormulaFrom));
  text(term.formula, colors.text, Font::kHeading);
  caption(text_of(term.sentence, "  → ", term.where));
  ImGui::EndGroup();
  ImGui::EndGroup();
}

void words(float width) {
  const float room = ImGui::GetMainViewport()->WorkSize.y - px(kAround);
  ImGui::BeginChild("words", {width, std::clamp(room, px(80), px(kWordsHeight))}, false,
                    keys_are_ours());
  for (const Term& term : kTerms) word(term);
  ImGui::EndChild();
}

// How large everything is: as chosen, or as the screen and the size of the window ask for.
void size_choice(Ui& ui) {
  const auto words = [](double scale) { return text_of(std::lround(100 * scale), " %"); };
  const std::string automatic = "Automatic";
  const std::string now = ui.scale > 0 ? words(ui.scale) : automatic + ", " + words(scale_in_use());
  ImGui::SetNextItemWidth(px(kSizeWidth));
  if (!ImGui::BeginCombo("##size", now.c_str(), ImGuiComboFlags_HeightLargest)) return;
  if (ImGui::Selectable(automatic.c_str(), ui.scale == 0)) ui.scale = 0;
  for (const double scale : kScales)
    if (ImGui::Selectable(words(scale).c_str(), ui.scale == scale)) ui.scale = scale;
  ImGui::EndCombo();
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
  size_choice(ui);
  ImGui::SameLine(0, px(4));
  if (plain_button("+##larger", ImGui::GetFrameHeight())) zoom_window(ui, 1);
}

// What is shown, and a way to be shown around.
void pages(Ui& ui) {
  static constexpr const char* kPages[] = {"Keys", "Words"};
  int page = ui.help_words;
  if (segments("page", page, kPages, px(kPagesWidth))) ui.help_words = page == 1;
  ImGui::SameLine(0, px(16));
  if (plain_button("Take the tour")) {
    show_scene(ui, 0);
    ui.help = false;
  }
  tooltip(kTourHelp);
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
    pages(ui);
    ImGui::Dummy({0, px(4)});
    const float left = ImGui::GetCursorPosX();
    const float edges = 2 * px(24) + ImGui::GetStyle().ScrollbarSize + 2 * px(kPageEdge);
    const float column = std::min(px(kColumnWidth), std::floor((screen.x - edges) / 2));
    if (ui.help_words)
      words(2 * column);
    else
      keys(column);
    ImGui::Dummy({0, px(4)});
    looks(ui);
    ImGui::SameLine(left + 2 * column - px(kCloseWidth));
    if (plain_button("Close", px(kCloseWidth))) ui.help = false;
  }
  ImGui::End();
  ImGui::PopStyleVar();
}

}  // namespace stepwise::app
