#include "panels/compared.h"

#include <algorithm>
#include <cmath>

#include "view/quantities.h"
#include "widgets/controls.h"
#include "widgets/sparkline.h"

namespace stepwise::app {
namespace {

// What the other one ended as, or how far it is from here; over it the mouse brings the other onto
// the canvas.
void draw_other(const Shown& shown, Ui& ui, float side, PictureRenderer& pictures) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 end{at.x + side, at.y + side};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_or_blank(list, pictures, shown, at, end, colors.raised);
  ImGui::Dummy({side, side});
  ui.compare.hovered = ImGui::IsItemHovered();
  list.AddRect(at, end, ui.compare.hovered ? colors.bright : colors.edge, 0, 0, px(1));
}

Shown end_of(const View& view, const Place& place) {
  const int last = find_branch(view, place.branch)->steps();
  return shown_quantity(view, place.branch, last, place.picture, Quantity::kGuess);
}

void draw_before(const View& view, const Other& before, Ui& ui, PictureRenderer& pictures) {
  const float width = ImGui::GetContentRegionAvail().x, left = ImGui::GetCursorPosX();
  const float side = std::floor(width * kSmallShare);
  draw_other(end_of(view, before.place), ui, side, pictures);
  ImGui::SameLine(left + side + px(8));
  ImGui::BeginGroup();
  text(before.title, colors.dim);
  caption(before.words);
  ImGui::EndGroup();
  tooltip("How it was before the latest change: with the mouse over it, on the canvas too.",
          "C, held; Shift+C: as far as the mouse");
}

constexpr float kChangeColors = 0.5f;  // At the ends of the scale.
constexpr float kCurveHeight = 20;     // Points.

// From the fork to the end, with a mark where the playhead is.
void draw_apart(const Apart& apart, int step, float width) {
  const ImVec2 at = ImGui::GetCursorScreenPos(), end{at.x + width, at.y + px(kCurveHeight)};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  Extent most;
  for (const float share : apart.shares) most.add(share);
  sparkline(list, at, end, apart.steps, apart.shares, {0, most.empty() ? 1 : most.hi + 1e-9},
            colors.accent);
  const double first = apart.steps.front(), last = std::max(first + 1, apart.steps.back());
  const float x = at.x + float((step - first) / (last - first)) * width;
  list.AddLine({x, at.y}, {x, end.y}, colors.dim, px(1));
  ImGui::Dummy({width, px(kCurveHeight)});
}

// How far the branch has gone from the one it was forked from.
void draw_parent(const View& view, const Other& parent, Ui& ui, PictureRenderer& pictures) {
  const Apart apart = apart_from(view, ui, parent.place.branch);
  if (apart.steps.empty()) return;
  const Playhead& at = ui.playhead;
  const Picture here = lookup(view, at.branch, at.step, at.picture).guess;
  const auto& [branch, step, picture] = parent.place;
  const Picture there = lookup(view, branch, step, picture).guess;
  const float width = ImGui::GetContentRegionAvail().x, left = ImGui::GetCursorPosX();
  const float side = std::floor(width * kSmallShare);
  draw_other({.plus = here, .minus = there, .diverging = true, .range = kChangeColors}, ui, side,
             pictures);
  ImGui::SameLine(left + side + px(8));
  ImGui::BeginGroup();
  text(format_percent(share_apart(here, there), 2) + " apart");
  caption(shortened("from " + parent.words, width - side - px(8)));
  draw_apart(apart, at.step, width - side - px(8));
  ImGui::EndGroup();
  tooltip(
      "How far the guess is from that of the branch it was forked from, at this step: red is "
      "brighter, blue darker. The curve goes from the fork to the end. With the mouse over it "
      "the other one is on the canvas.",
      "C, held; Shift+C: as far as the mouse");
}

}  // namespace

Shown shown_other(const View& view, const Other& other, Quantity quantity) {
  const auto& [branch, step, picture] = other.place;
  return shown_quantity(view, branch, step, picture, quantity);
}

void draw_other_end(const View& view, const Other& other, Ui& ui, float side,
                    PictureRenderer& pictures) {
  draw_other(end_of(view, other.place), ui, side, pictures);
}

void draw_compared(const View& view, const Other& other, Ui& ui, PictureRenderer& pictures) {
  if (other.before)
    draw_before(view, other, ui, pictures);
  else
    draw_parent(view, other, ui, pictures);
}

void draw_wiped(const Shown& other, const Rect& picture, const Rect& area, float edge,
                PictureRenderer& pictures) {
  if (!other) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto& [min, max] = picture;
  edge = std::clamp(edge, min.x, max.x);
  list.PushClipRect(area.min, {edge, area.max.y}, true);
  pictures.draw(list, other, min, max);
  list.PopClipRect();
  list.AddLine({edge, std::max(min.y, area.min.y)}, {edge, std::min(max.y, area.max.y)},
               colors.bright, px(2));
}

void draw_tag(ImVec2 corner, const char* words) {
  const ImVec2 at{corner.x + px(8), corner.y + px(8)};
  const ImVec2 end{at.x + width_of(words, Font::kBody) + px(16), at.y + px(24)};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, end, colors.popup, px(4));
  draw_text(list, {at.x + px(8), at.y + px(4)}, Font::kBody, colors.text, words);
}

}  // namespace stepwise::app
