#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "panels/canvas_parts.h"
#include "panels/compared.h"
#include "panels/paint_parts.h"
#include "panels/terms.h"
#include "panels/tool_parts.h"
#include "view/compare.h"
#include "view/edits.h"
#include "view/follow.h"
#include "view/levels_seen.h"
#include "view/live.h"
#include "view/strokes.h"
#include "widgets/color_scale.h"
#include "widgets/controls.h"

namespace stepwise::app {
namespace {

constexpr Range<float> kQuantityButtons{268, 340};  // Width in points; in less they are a menu.

constexpr float kArrow = 96;  // From this width on the menu has room for an arrow.

Pane pane(const View& view, const Ui& ui, Quantity quantity, const Rect& area) {
  Pane made{quantity, area, shown_here(view, ui, quantity), {}};
  if (!made.shown) return made;
  made.placed = place_picture(area, made.shown.plus.width(), made.shown.plus.height(), ui.camera);
  made.shown.grid = ui.camera.zoom > 1 && made.placed.pixel >= px(12);
  return made;
}

// One pane, or the four images side by side with a caption above each.
std::vector<Pane> panes_of(const View& view, const Ui& ui, const Rect& area) {
  if (ui.quantity != Quantity::kAll) return {pane(view, ui, ui.quantity, area)};
  std::vector<Pane> panes;
  const float gap = px(16), title = px(22);
  const float width = std::floor((area.width() - gap) / 2);
  const float height = std::floor((area.height() - gap) / 2) - title;
  for (int i = 0; i < 4; ++i) {
    const ImVec2 min{area.min.x + float(i % 2) * (width + gap),
                     area.min.y + float(i / 2) * (height + title + gap) + title};
    panes.push_back(
        pane(view, ui, kQuantities[i].quantity, {min, {min.x + width, min.y + height}}));
  }
  return panes;
}

// Patches that look cleaner or noisier than the step expects, in the colors of what is below and
// above 0.
void draw_levels(ImDrawList& list, const Image& levels, const Placed& placed) {
  for (const Patch& patch : patches_of(levels)) {
    if (!patch.too_clean() && !patch.too_noisy()) continue;
    const float size = placed.pixel;
    const ImVec2 at{placed.rect.min.x + float(patch.x) * size,
                    placed.rect.min.y + float(patch.y) * size};
    const ImVec2 end{at.x + float(patch.width) * size, at.y + float(patch.height) * size};
    const ImU32 color = patch.too_clean() ? kBelow : kAbove;
    list.AddRectFilled(at, end, faded(color, 0.3f));
    list.AddRect(at, end, faded(color, 0.6f));
  }
}

void draw_panes(const View& view, const Ui& ui, const std::vector<Pane>& panes,
                PictureRenderer& pictures) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Painting* painting = painting_here(view, ui);
  const PreviewShown* answer = painting ? preview_of(view, painting->place) : nullptr;
  for (const Pane& p : panes) {
    if (!p.shown) continue;
    list.PushClipRect(p.area.min, p.area.max, true);
    pictures.draw(list, p.shown, p.placed.rect.min, p.placed.rect.max);
    draw_marks(list, view, ui, p.placed);
    if (ui.tool == Tool::kMove && p.quantity == Quantity::kGuess)
      draw_moving(list, view, ui, p.placed);
    if (p.quantity == Quantity::kNoisy && answer) draw_levels(list, answer->levels, p.placed);
    list.PopClipRect();
    draw_scale(list, p.shown, p.placed.rect);
    if (panes.size() == 1) continue;
    const ImVec2 at{std::max(p.area.min.x, p.placed.rect.min.x), p.area.min.y - px(19)};
    const QuantityName& name = kQuantities[int(p.quantity)];
    draw_text(list, at, Font::kCaption, colors.text, name.label);
    const float width = width_of(name.label, Font::kCaption);
    draw_text(list, {at.x + width + px(6), at.y}, Font::kCaption, colors.dim, name.symbol);
  }
}

void wipe(const View& view, const Other& other, const std::vector<Pane>& panes, ImVec2 mouse,
          PictureRenderer& pictures) {
  for (const Pane& p : panes)
    if (p.shown)
      draw_wiped(shown_other(view, other, p.quantity), p.placed.rect, p.area, mouse.x, pictures);
}

const Pane* pane_at(const std::vector<Pane>& panes, ImVec2 mouse) {
  for (const Pane& p : panes)
    if (p.area.holds(mouse)) return &p;
  return nullptr;
}

// "Guess  x 12  y 5   0.420": the value of the pixel under the mouse, as a number.
std::string readout(const Pane& p, ImVec2 mouse) {
  if (!p.shown) return "";
  const ImVec2 at = p.placed.to_picture(mouse);
  const int x = int(std::floor(at.x)), y = int(std::floor(at.y));
  if (x < 0 || y < 0 || x >= p.shown.plus.width() || y >= p.shown.plus.height()) return "";
  std::string words = fmt::format("{}  x {}  y {}  ", kQuantities[int(p.quantity)].label, x, y);
  for (int c = 0; c < std::min(3, p.shown.plus.channels()); ++c)
    words += fmt::format("  {:.3f}", p.shown.value(y, x, c));
  return words;
}

// Where a branch was forked that has no picture of its own yet: what was seen there, or the preview
// of it, which is what the branch begins with, stays until it has.
std::optional<Place> place_of_fork(const View& view, const Playhead& at) {
  const Branch* branch = find_branch(view, at.branch);
  if (!branch || branch->start.parent < 0 || at.step != branch->start.fork) return {};
  if (branch->newest >= at.step) return {};
  return Place{branch->start.parent, at.step, at.picture};
}

// One line on what can be done here and now.
std::string hint(const View& view, const Ui& ui) {
  if (const auto other = ui.compare ? other_here(view, ui) : std::nullopt)
    return sentence_of(*other);
  if (view.branches.empty()) return view.log.empty() ? "Opening the model ..." : "";
  if (place_of_fork(view, ui.playhead)) return "What the model makes of it is on its way.";
  if (!lookup(view, ui.playhead.branch, ui.playhead.step, ui.playhead.picture))
    return "This step has not been computed yet.";
  if (is_chosen_other(ui, ui.playhead))
    return "Others are compared with this one: go to one, and hold C.";
  if (painting_here(view, ui)) return "Press R: the model carries on from your picture.";
  if (goes_back(view, ui)) return "Paint where the picture shall go back, then press R.";
  if (ui.playhead.step >= last_step(view, ui))
    return "Finished. Drag the playhead back, and paint there.";
  if (ui.noise == NoiseSource::kFresh) return "Fresh noise: R goes another way from here.";
  if (ui.quantity == Quantity::kNoise || ui.quantity == Quantity::kChange)
    return "Paint on the guess (key 2) or the noisy picture (1).";
  if (ui.forks == 0) return "Paint, then press R: the model carries on from there.";
  return "";
}

// Which image is shown: buttons, or a menu in a narrow window.
void quantity_choice(Ui& ui, float width) {
  std::array<const char*, 5> labels{};
  for (int i = 0; i < 4; ++i) labels[i] = kQuantities[i].label;
  labels[4] = "All four";
  int quantity = int(ui.quantity);
  if (width >= px(kQuantityButtons.min)) {
    std::array<std::string, 5> help;
    for (int i = 0; i < int(help.size()); ++i) help[std::size_t(i)] = help_of(Quantity(i));
    segments("layer", quantity, labels, std::min(width, px(kQuantityButtons.max)), help);
  } else {
    ImGui::SetNextItemWidth(width);
    const bool arrow = width >= px(kArrow);
    if (ImGui::BeginCombo("##layer", labels[std::size_t(quantity)],
                          arrow ? ImGuiComboFlags_None : ImGuiComboFlags_NoArrowButton)) {
      for (int i = 0; i < int(labels.size()); ++i)
        if (ImGui::Selectable(labels[std::size_t(i)], i == quantity)) quantity = i;
      ImGui::EndCombo();
    }
    tooltip(help_of(ui.quantity).c_str());
  }
  ui.quantity = Quantity(quantity);
}

constexpr float kLeastChoice = 64;  // Points that the choice of an image has.

void draw_term(ImVec2 at, const std::string& words, const std::string& help) {
  draw_text(*ImGui::GetWindowDrawList(), at, Font::kTitle, colors.text, words.c_str());
  const ImVec2 size{width_of(words.c_str(), Font::kTitle), font(Font::kTitle)->FontSize};
  tooltip_over(at, {at.x + size.x, at.y + size.y}, help.c_str());
}

// The two numbers of the program, as large as the window's name, at the right edge.
float draw_where(const View& view, const Ui& ui, float room) {
  const auto width = [](const std::string& words) { return width_of(words.c_str(), Font::kTitle); };
  auto [step, sigma] = where(view, ui);
  const float gap = px(16), right = ImGui::GetCursorScreenPos().x + room;
  // "step " is what can be spared first, then " of 18".
  const auto both = [&] { return width(step) + gap + width(sigma); };
  if (both() > room / 2 && step.size() > 5) step.erase(0, 5);
  if (both() > room - px(kLeastChoice + 12)) step.erase(std::min(step.find(' '), step.size()));
  const float from = right - width(sigma),
              y = std::round(ImGui::GetCursorScreenPos().y +
                             (ImGui::GetFrameHeight() - font(Font::kTitle)->FontSize) / 2);
  const Branch* branch = find_branch(view, ui.playhead.branch);
  draw_term({from, y}, sigma, branch ? help_of(level_word(branch->start.degradation)) : "");
  const float left = from - gap - width(step);
  draw_term({left, y}, step, help_of("step"));
  return right - left;
}

void header(const View& view, Ui& ui) {
  const float room = ImGui::GetContentRegionAvail().x;
  const float told = draw_where(view, ui, room);
  quantity_choice(ui, std::max(px(kLeastChoice), room - told - px(12)));
}

}  // namespace

Shown shown_here(const View& view, const Ui& ui, Quantity quantity) {
  if (const auto other = ui.compare.whole ? other_here(view, ui) : std::nullopt)
    return shown_other(view, *other, quantity);
  if (const Painting* painting = painting_here(view, ui))
    return shown_painting(view, painting->place, ui.painted, quantity);
  const Playhead& at = ui.playhead;
  if (const auto fork = place_of_fork(view, at)) return shown_painting(view, *fork, {}, quantity);
  return shown_quantity(view, at.branch, at.step, at.picture, quantity);
}

Where where(const View& view, const Ui& ui) {
  const Branch* branch = find_branch(view, ui.playhead.branch);
  if (!branch) return {};
  const int step = std::clamp(ui.playhead.step, 0, branch->steps());
  return {text_of("step ", step, " of ", branch->steps()),
          fmt::format("{} {:.3g}", level_word(branch->start.degradation),
                      branch->start.sigmas[std::size_t(step)])};
}

void canvas_panel(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {px(6), px(6)});
  header(view, ui);
  ImGui::PopStyleVar();
  bare_canvas(view, ui, pictures, out);
}

void bare_canvas(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const Rect area{at, {at.x + std::max(1.f, room.x), at.y + std::max(1.f, room.y)}};
  mouse_area("canvas", {area.width(), area.height()},
             ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight |
                 ImGuiButtonFlags_MouseButtonMiddle);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  std::vector<Pane> panes = panes_of(view, ui, area);
  const Pane* under = pane_at(panes, mouse);
  if ((ui.stroke || ui.moving) && !under) {  // A stroke may leave its pane.
    for (const Pane& p : panes)
      if (surface_of(p.quantity) == ui.stroke.value_or(Surface::kGuess)) under = &p;
  }
  if (under) {
    move_camera(ui, *under);
    paint(view, ui, *under, out);
    panes = panes_of(view, ui, area);  // As it is after what the mouse did.
    under = pane_at(panes, mouse);
  } else if ((ui.stroke || ui.moving) && !ImGui::GetIO().MouseDown[0]) {
    end_stroke(ui);
  }
  draw_panes(view, ui, panes, pictures);
  if (const auto other = ui.compare ? other_here(view, ui) : std::nullopt) {
    if (ui.compare.wiped) wipe(view, *other, panes, mouse, pictures);
    if (panes.front().shown) draw_tag(panes.front().placed.rect.min, title_of(*other));
  }
  ui.canvas_words.hint = hint(view, ui);
  if (under && ImGui::IsItemHovered()) ui.canvas_words.readout = readout(*under, mouse);
  if (under) draw_brush(view, ui, *under);
  canvas_menu(view, ui, out);
}

}  // namespace stepwise::app
