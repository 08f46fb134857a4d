#include "panels/presentation.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "panels/paint_parts.h"
#include "panels/part.h"
#include "panels/timeline_parts.h"
#include "view/follow.h"
#include "view/quantities.h"
#include "widgets/controls.h"
#include "widgets/film_strip.h"
#include "widgets/keys.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

constexpr float kSideMargin = 24, kBelowFrames = 8, kHeading = 42, kRulerBelow = 26,
                kGap = 6;                // Points.
constexpr Range<float> kFrames{20, 60};  // Height of the frames below.
constexpr int kStepsAcross = 6;          // Of steps side by side.
constexpr float kSymbols = 48;           // Before their rows.

std::string modified(const char* name) {
  const ImGuiIO& io = ImGui::GetIO();
  return text_of(io.KeyCtrl ? "Ctrl+" : "", io.KeyShift ? "Shift+" : "", name);
}

// The key that is pressed in this frame, by what is written on it; nothing: none.
std::string pressed_key() {
  const std::pair<Key, const char*> named[] = {
      {ImGuiKey_LeftArrow, "Left"}, {ImGuiKey_RightArrow, "Right"},   {ImGuiKey_UpArrow, "Up"},
      {ImGuiKey_DownArrow, "Down"}, {ImGuiKey_Home, "Home"},          {ImGuiKey_End, "End"},
      {ImGuiKey_PageUp, "Page Up"}, {ImGuiKey_PageDown, "Page Down"}, {ImGuiKey_Space, "Space"},
      {ImGuiKey_Enter, "Enter"},    {ImGuiKey_Delete, "Delete"}};
  for (const auto& [key, name] : named)
    if (key_pressed(key, true)) return modified(name);
  for (const char c : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789[]"))
    if (key_pressed(Key(c), true)) return modified(std::string(1, c).c_str());
  return "";
}

void note_key(PresentationUi& ui) {
  std::string key = pressed_key();
  if (key.empty()) return;
  ui.key = std::move(key);
  ui.pressed = ImGui::GetTime();
}

// In the corner of that point, like the cap of a key.
void draw_key(const PresentationUi& ui, ImVec2 corner) {
  if (ImGui::GetTime() - ui.pressed > kKeyShown) return;
  const ImVec2 pad{px(12), px(6)};
  const float width = width_of(ui.key.c_str(), Font::kTitle), height = font(Font::kTitle)->FontSize;
  const ImVec2 min{corner.x, corner.y - height - 2 * pad.y};
  const ImVec2 max{corner.x + width + 2 * pad.x, corner.y};
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  list.AddRectFilled(min, max, colors.raised, px(6));
  list.AddRect(min, max, colors.edge, px(6), 0, px(1));
  draw_text(list, {min.x + pad.x, min.y + pad.y}, Font::kTitle, colors.text, ui.key.c_str());
}

float draw_words(ImVec2 at, ImU32 ink, const std::string& words) {
  draw_text(*ImGui::GetWindowDrawList(), at, Font::kTitle, ink, words.c_str());
  return at.x + width_of(words.c_str(), Font::kTitle);
}

// Which image it is, at the left; where the playhead stands, at the right.
void header(const View& view, const Ui& ui, const Rect& area) {
  const float y = std::round((area.min.y + area.max.y - font(Font::kTitle)->FontSize) / 2);
  std::string name = "All four", symbol;
  if (ui.large_grid) {
    name = "Steps";
  } else if (ui.quantity != Quantity::kAll) {
    name = kQuantities[std::size_t(ui.quantity)].label;
    symbol = kQuantities[std::size_t(ui.quantity)].symbol;
  }
  const auto [step, sigma] = where(view, ui);
  const float gap = px(20);
  const float right = area.max.x - width_of(sigma.c_str(), Font::kTitle);
  draw_words({right, y}, colors.text, sigma);
  const float middle = right - gap - width_of(step.c_str(), Font::kTitle);
  draw_words({middle, y}, colors.text, step);
  const float end = draw_words({area.min.x, y}, colors.text, name);
  if (end + px(10) + width_of(symbol.c_str(), Font::kTitle) + gap <= middle)
    draw_words({end + px(10), y}, colors.dim, symbol);
}

// Of another step than the playhead's; what it takes is asked for.
Shown shown_at(const View& view, Ui& ui, int step, Quantity layer) {
  const Place place{ui.playhead.branch, step, ui.playhead.picture};
  if (needs_full(layer)) ui.shown_small.push_back(place);
  return shown_among_steps(view, place, layer);
}

// Evenly from the first to the last, the playhead's in place of the one that is nearest to it.
std::vector<int> steps_to_show(int steps, int at) {
  const int count = std::min(kStepsAcross, steps + 1);
  std::vector<int> shown;
  for (int i = 0; i < count; ++i)
    shown.push_back(int(std::lround(double(i) * steps / std::max(1, count - 1))));
  *std::ranges::min_element(shown, {}, [&](int step) { return std::abs(step - at); }) = at;
  return shown;
}

// x above D(x), a column for each of a few steps.
void draw_columns(const View& view, Ui& ui, PictureRenderer& pictures, const Branch& branch,
                  const Rect& area) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float gap = px(6), line = font(Font::kTitle)->FontSize + px(6);
  const std::vector<int> steps = steps_to_show(branch.steps(), ui.playhead.step);
  const float from = area.min.x + px(kSymbols);
  const float pitch = std::floor((area.max.x - from + gap) / float(steps.size()));
  const float side = std::min(pitch - gap, std::floor((area.height() - line - gap) / 2));
  const float top = std::round((area.min.y + area.max.y - 2 * side - gap - line) / 2);
  constexpr Quantity kRows[] = {Quantity::kNoisy, Quantity::kGuess};
  for (int row = 0; row < 2; ++row) {
    const float y = top + float(row) * (side + gap);
    draw_words({area.min.x, std::round(y + side / 2 - line / 2)}, colors.dim,
               kQuantities[std::size_t(kRows[row])].symbol);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const ImVec2 min{from + pitch * float(i), y}, max{min.x + side, y + side};
      draw_or_blank(list, pictures, shown_at(view, ui, steps[i], kRows[row]), min, max,
                    colors.raised);
    }
  }
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const bool here = steps[i] == ui.playhead.step;
    const std::string sigma = format_number(branch.start.sigmas[std::size_t(steps[i])], 2);
    const float x = from + pitch * float(i), y = top + 2 * side + gap;
    const float middle = x + (side - width_of(sigma.c_str(), Font::kTitle)) / 2;
    draw_words({std::round(middle), y + px(6)}, here ? colors.text : colors.dim, sigma);
    if (here)
      list.AddRect({x - px(2), top - px(2)}, {x + side + px(2), y + px(2)}, colors.accent, px(3), 0,
                   px(2));
  }
}

// All steps small, over the whole width: a press or a drag goes there.
void strip(const View& view, Ui& ui, PictureRenderer& pictures, const Branch& branch,
           const Rect& area) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const StepAxis axis = step_axis(area.min.x, area.max.x, branch.steps());
  ImGui::SetCursorScreenPos(area.min);
  mouse_area("strip", {area.width(), area.height()});
  if (ImGui::IsItemActive()) go_to(view, ui, axis.step_at(ImGui::GetIO().MousePos.x));
  const float top = area.min.y + px(kRulerBelow);
  level_ruler(list, axis, branch.start, area.min.y, top - px(4));
  film_strip(list, pictures, axis, 0, top, area.max.y,
             [&](int step) { return shown_at(view, ui, step, ui.quantity); });
  const float side = film_side(axis, area.max.y - top);
  const float x = std::round(frame_for(axis, side, ui.playhead.step).middle - side / 2);
  const float y = std::round((top + area.max.y - side) / 2);
  list.AddRect({x - px(1), y - px(1)}, {x + side + px(1), y + side + px(1)}, colors.accent, px(3),
               0, px(2));
}

float frames_height(float width, const Branch& branch) {
  const float cell = step_axis(0, width, branch.steps()).cell;
  return std::clamp(cell - px(2), px(kFrames.min), px(kFrames.max));
}

}  // namespace

void presentation_panel(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  note_key(ui.presentation);
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const float margin = px(kSideMargin), left = margin, right = std::max(left + 1, size.x - margin);
  ImGui::GetWindowDrawList()->AddRectFilled({0, 0}, size, colors.background);
  header(view, ui, {{left, 0}, {right, px(kHeading)}});
  const Branch* branch = find_branch(view, ui.playhead.branch);
  const float frames = branch ? frames_height(right - left, *branch) : 0;
  const float bottom = size.y - px(kBelowFrames);
  const float under = std::max(px(kHeading) + 1, bottom - frames - px(kRulerBelow));
  const Rect middle{{left, px(kHeading)}, {right, under - px(kGap)}};
  if (branch && ui.large_grid)
    draw_columns(view, ui, pictures, *branch, middle);
  else
    part("presented", middle.min, {middle.width(), middle.height()}, {0, 0},
         [&] { bare_canvas(view, ui, pictures, out); });
  if (branch) strip(view, ui, pictures, *branch, {{left, under}, {right, bottom}});
  draw_key(ui.presentation, {left, middle.max.y});
}

}  // namespace stepwise::app
