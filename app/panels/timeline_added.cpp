#include <algorithm>
#include <cmath>
#include <string>

#include "panels/timeline_parts.h"
#include "view/added.h"
#include "view/follow.h"
#include "view/left_out.h"
#include "widgets/controls.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

constexpr float kWidestBar = 22;  // Points, of both bars of a step.

// Of the picture under the playhead.
struct Figures {
  Added added;
  std::vector<double> missed;  // As missed_without().

  double missed_at(int step) const {
    return step < int(missed.size()) ? missed[std::size_t(step)] : NAN;
  }
  // Whether it was drawn without any of its steps.
  bool any_missed() const {
    return std::ranges::any_of(missed, [](double size) { return !std::isnan(size); });
  }
  double most() const {
    double most = added.most;
    for (const double size : missed) most = std::fmax(most, size);
    return most;
  }
};

// From `left` to `right` at the foot of the row.
void draw_bar(ImDrawList& list, const Lanes& lane, float left, float right, double share,
              ImU32 color) {
  const float foot = lane.top + lane.height - px(1), room = lane.height - px(3);
  const float top = std::round(foot - std::max(px(1), room * float(std::fmin(1, share))));
  list.AddRectFilled({left, top}, {right, foot}, color, px(2), ImDrawFlags_RoundCornersTop);
  if (share <= 1) return;
  // Cut off, as where an axis is broken.
  for (const float down : {px(5), px(8)})
    list.AddLine({left - px(1), top + down + px(2)}, {right + px(1), top + down - px(2)},
                 colors.panel, px(1.5f));
}

void draw_bars(ImDrawList& list, const Lanes& lane, const Figures& figures, int bright,
               int bright_too) {
  const float width = std::round(std::clamp(lane.axis.cell - px(2), 1.f, px(kWidestBar)));
  const float own = figures.any_missed() ? std::max(1.f, std::round(width / 2)) : width;
  const double most = std::max(figures.most(), 1e-9);
  for (int step = 0; step < int(figures.added.sizes.size()); ++step) {
    const float alpha = step == bright || step == bright_too ? 1 : 0.55f;
    const float left = std::round(lane.axis.centre(step) - width / 2);
    const double size = figures.added.sizes[std::size_t(step)], missed = figures.missed_at(step);
    // The first guess is as far from mid-grey as no step goes.
    const ImU32 color = step == 0 ? colors.dim : colors.accent;
    if (!std::isnan(size)) draw_bar(list, lane, left, left + own, size / most, faded(color, alpha));
    if (!std::isnan(missed))
      draw_bar(list, lane, left + own, left + width, missed / most, faded(colors.warning, alpha));
  }
}

std::string words_of(const Branch& branch, const Figures& figures, int step) {
  const std::string size = format_number(figures.added.sizes[std::size_t(step)], 2);
  const std::string level = text_of(level_word(branch.start.degradation), " ",
                                    format_number(branch.start.sigmas[std::size_t(step)]));
  if (step == 0)
    return text_of("The first guess, at ", level, ": ", size,
                   " from mid-grey (RMS). With all that the steps add to it, it becomes the "
                   "finished picture.");
  const std::string added = text_of("Step ", step, " (", level, ") changed the guess by ", size,
                                    " (RMS), ", format_percent(figures.added.share(step), 2),
                                    " of all changes after the first guess.");
  const double missed = figures.missed_at(step);
  if (std::isnan(missed)) return added;
  return text_of(added, " Drawn without it, the finished picture is ", format_number(missed, 2),
                 " away.");
}

void draw_words(const Lanes& lane, const Added& added, int step) {
  const double share = added.share(step);
  const std::string words =
      std::isnan(share) ? "Added by step" : text_of("Added ", format_percent(share, 2));
  draw_text(*ImGui::GetWindowDrawList(), {lane.left + px(16), std::round(lane.top + px(3))},
            Font::kCaption, colors.dim, words.c_str());
}

// A press goes to the step under the mouse; a right one does too, and says what can be done there.
void mouse(const View& view, Ui& ui, int under, Commands& out) {
  const bool menu = ImGui::IsItemHovered() && ImGui::IsMouseReleased(1);
  if (ImGui::IsItemActive() || menu) go_to(view, ui, under);
  if (menu) ImGui::OpenPopup("added menu");
  if (!ImGui::BeginPopup("added menu")) return;
  without_step_entry(view, ui, out);
  ImGui::EndPopup();
}

}  // namespace

void added_row(const View& view, Ui& ui, const Lanes& lane, Commands& out) {
  const Branch& branch = *find_branch(view, ui.playhead.branch);
  const Figures figures{added_by_steps(view, branch.start.id, ui.playhead.picture),
                        missed_without(view, ui)};
  ImGui::SetCursorScreenPos({lane.axis.left, lane.top});
  mouse_area("added", {lane.axis.right() - lane.axis.left, lane.height});
  const int under = lane.axis.step_at(ImGui::GetIO().MousePos.x);
  const bool hovered = ImGui::IsItemHovered();
  mouse(view, ui, under, out);

  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float foot = lane.top + lane.height - px(1);
  list.AddLine({lane.axis.left, foot}, {lane.axis.right(), foot}, colors.line, px(1));
  draw_bars(list, lane, figures, ui.playhead.step, hovered ? under : -1);
  draw_words(lane, figures.added, hovered ? under : ui.playhead.step);
  const std::vector<double>& sizes = figures.added.sizes;
  if (!hovered || under >= int(sizes.size()) || std::isnan(sizes[std::size_t(under)])) return;
  tooltip_over({lane.axis.left, lane.top - px(36)}, {lane.axis.right(), lane.top + lane.height},
               words_of(branch, figures, under).c_str());
}

}  // namespace stepwise::app
