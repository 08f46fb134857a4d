#include <algorithm>
#include <cmath>
#include <string>

#include "panels/timeline_parts.h"
#include "view/added.h"
#include "view/follow.h"
#include "widgets/controls.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

constexpr float kWidestBar = 22;  // Points.

// The first guess is far from mid-grey: its bar is cut off where those of the steps end.
struct Bars {
  const Lanes& lane;
  double most;

  float width() const { return std::clamp(lane.axis.cell - px(2), 1.f, px(kWidestBar)); }
  float foot() const { return lane.top + lane.height - px(1); }
  float height(double size) const {
    const float room = lane.height - px(3);
    return std::max(px(1), room * float(std::min(1., most > 0 ? size / most : 1.)));
  }
};

// Two slanted lines in the color of the ground, as where an axis is broken.
void draw_cut(ImDrawList& list, float left, float right, float y) {
  for (const float down : {px(5), px(8)})
    list.AddLine({left - px(1), y + down + px(2)}, {right + px(1), y + down - px(2)}, colors.panel,
                 px(1.5f));
}

void draw_bar(ImDrawList& list, const Bars& bars, int step, double size, ImU32 color) {
  const float left = std::round(bars.lane.axis.centre(step) - bars.width() / 2);
  const float right = left + std::max(1.f, std::round(bars.width()));
  const float top = std::round(bars.foot() - bars.height(size));
  list.AddRectFilled({left, top}, {right, bars.foot()}, color, px(2), ImDrawFlags_RoundCornersTop);
  if (step == 0 && size > bars.most) draw_cut(list, left, right, top);
}

std::string words_of(const Branch& branch, const Added& added, int step) {
  const std::string size = format_number(added.sizes[std::size_t(step)], 2);
  const std::string sigma = format_number(branch.start.sigmas[std::size_t(step)]);
  if (step == 0)
    return text_of("The first guess, at σ ", sigma, ": ", size,
                   " from mid-grey (RMS). With all that the steps add to it, it becomes the "
                   "finished picture.");
  return text_of("Step ", step, " (σ ", sigma, ") changed the guess by ", size, " (RMS), ",
                 format_percent(added.share(step), 2), " of all changes after the first guess.");
}

// What there is to say of the bar under the mouse, or of that of the playhead.
void draw_words(const Lanes& lane, const Added& added, int step) {
  const double share = added.share(step);
  const std::string words =
      std::isnan(share) ? "Added by step" : text_of("Added ", format_percent(share, 2));
  draw_text(*ImGui::GetWindowDrawList(), {lane.left + px(16), std::round(lane.top + px(3))},
            Font::kCaption, colors.dim, words.c_str());
}

}  // namespace

void added_row(const View& view, Ui& ui, const Lanes& lane) {
  const Branch& branch = *find_branch(view, ui.playhead.branch);
  const Added added = added_by_steps(view, branch.start.id, ui.playhead.picture);
  ImGui::SetCursorScreenPos({lane.axis.left, lane.top});
  mouse_area("added", {lane.axis.right() - lane.axis.left, lane.height});
  const int under = lane.axis.step_at(ImGui::GetIO().MousePos.x);
  if (ImGui::IsItemActive()) go_to(view, ui, under);
  const bool hovered = ImGui::IsItemHovered();

  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Bars bars{lane, added.most};
  list.AddLine({lane.axis.left, bars.foot()}, {lane.axis.right(), bars.foot()}, colors.line, px(1));
  for (int step = 0; step < int(added.sizes.size()); ++step) {
    const double size = added.sizes[std::size_t(step)];
    const bool here = step == ui.playhead.step || (hovered && step == under);
    const ImU32 color = step == 0 ? colors.dim : colors.accent;
    if (!std::isnan(size)) draw_bar(list, bars, step, size, faded(color, here ? 1 : 0.55f));
  }
  draw_words(lane, added, hovered ? under : ui.playhead.step);
  if (!hovered || under >= int(added.sizes.size()) || std::isnan(added.sizes[std::size_t(under)]))
    return;
  const ImVec2 min{lane.axis.left, lane.top - px(36)};
  tooltip_over(min, {lane.axis.right(), lane.top + lane.height},
               words_of(branch, added, under).c_str());
}

}  // namespace stepwise::app
