#include "panels/compared.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
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

constexpr const char* kCompareKeys = "C, held; Shift+C: as far as the mouse";

// What it ended as, and which one it is.
void draw_end(const View& view, const Other& other, Ui& ui, PictureRenderer& pictures) {
  const float width = ImGui::GetContentRegionAvail().x, left = ImGui::GetCursorPosX();
  const float side = std::floor(width * kSmallShare);
  draw_other(end_of(view, other.place), ui, side, pictures);
  ImGui::SameLine(left + side + px(8));
  ImGui::BeginGroup();
  text(title_of(other), colors.dim);
  caption(other.words);
  ImGui::EndGroup();
  tooltip((sentence_of(other) + " With the mouse over it, on the canvas too.").c_str(),
          kCompareKeys);
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

// "Brightness -1.6 %, rest -0.1 %"; nothing where the branch begins with no layers.
void draw_drift(const Picture& here, const Picture& there, const Layers& layers) {
  if (layers.empty()) return;
  const auto [inside, outside] = drift_between(here, there, layers);
  if (std::isnan(inside) && std::isnan(outside)) return;
  std::string words = "Brightness";
  if (!std::isnan(inside)) words += fmt::format(" {:+.1f} %", 100 * inside);
  if (!std::isnan(outside))
    words += fmt::format("{}rest {:+.1f} %", std::isnan(inside) ? ": " : ", ", 100 * outside);
  caption(words);
  tooltip(
      "How much brighter it is than the other on average: where the branch was edited, and "
      "elsewhere. An edit that spreads over the rest shows here first.");
}

// How far the picture is from the other at each step.
void draw_distance(const View& view, const Other& other, const Apart& apart, Ui& ui,
                   PictureRenderer& pictures) {
  const Playhead& at = ui.playhead;
  const Picture here = lookup(view, at.branch, at.step, at.picture).guess;
  const auto& [branch, step, picture] = other.place;
  const Picture there = lookup(view, branch, step, picture).guess;
  const float width = ImGui::GetContentRegionAvail().x, left = ImGui::GetCursorPosX();
  const float side = std::floor(width * kSmallShare);
  draw_other({.plus = here, .minus = there, .diverging = true, .range = kChangeColors}, ui, side,
             pictures);
  ImGui::SameLine(left + side + px(8));
  ImGui::BeginGroup();
  text(format_percent(share_apart(here, there), 2) + " from");
  caption(shortened(other.words, width - side - px(8)));
  draw_apart(apart, at.step, width - side - px(8));
  ImGui::EndGroup();
  tooltip((sentence_of(other) +
           " Beside it how far the guess is from its guess at this step: red is brighter, blue "
           "darker; in pictures of color each of their colors by itself, and grey where they are "
           "alike. The curve goes from where they part to the end. With the mouse over it the "
           "other one is on the canvas.")
              .c_str(),
          kCompareKeys);
  draw_drift(here, there, find_branch(view, at.branch)->start.layers);
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
  if (other.kind == Other::Kind::kBefore) return draw_end(view, other, ui, pictures);
  const Apart apart = apart_from(view, ui, other);
  if (apart.steps.empty()) return draw_end(view, other, ui, pictures);
  draw_distance(view, other, apart, ui, pictures);
}

const char* title_of(const Other& other) {
  constexpr std::array kTitles = {"Chosen", "Before", "Parent"};
  return kTitles[std::size_t(other.kind)];
}

std::string sentence_of(const Other& other) {
  constexpr std::array kSentences = {"This is what others are compared with",
                                     "This is how it was before",
                                     "This is the branch it was forked from"};
  return text_of(kSentences[std::size_t(other.kind)], ": ", other.words, ".");
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
