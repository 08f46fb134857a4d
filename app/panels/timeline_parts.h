// What the timeline is made of. Window thread only.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "panels/panels.h"
#include "widgets/film_strip.h"
#include "widgets/theme.h"

namespace stepwise::app {

// Strips above each other along one axis, their names at the left.
struct Lanes {
  std::vector<const Branch*> branches;  // Of the tree on screen, one a lane.
  StepAxis axis;
  float left = 0, names = 0;  // The column of names.
  float top = 0;              // Of the first lane, on screen.
  float height = 0;

  float lane_top(int i) const { return top + float(i) * height; }
  float middle(int i) const { return lane_top(i) + height / 2; }
  float strip_top(int i) const { return lane_top(i) + px(4); }
  float strip_bottom(int i) const { return lane_top(i + 1) - px(4); }
  int at(float y) const { return std::clamp(int((y - top) / height), 0, int(branches.size()) - 1); }
  int of(BranchId id) const {
    for (int i = 0; i < int(branches.size()); ++i)
      if (branches[i]->start.id == id) return i;
    return 0;
  }
};

// What a lane is, beside a dot of its hue: a name, and below it what is dim.
void draw_name(const Lanes& lanes, int i, ImU32 dot, ImU32 ink, const std::string& name,
               const std::string& words);

// The levels of a branch over its steps: of noise, or severities.
void level_ruler(ImDrawList& list, const StepAxis& axis, const BranchStarted& branch, float top,
                 float bottom);

// Where one of two models hands over to the other: to be dragged, and the picture follows. Submit it
// before the ruler that it lies on.
void border_handle(const View& view, Ui& ui, const StepAxis& axis, const Branch& branch, float top,
                   float bottom);

// While a name is typed, in its place: Enter, or a press elsewhere, gives it to the branch.
void rename_field(const View& view, Ui& ui, const Branch& branch, const Lanes& lanes, int i);

// Shows or hides the lane of the forward process, and that lane: `lane` holds no branch.
void forward_button(Ui& ui);
void forward_lane(const View& view, Ui& ui, PictureRenderer& pictures, const Lanes& lane);

// A row of bars: how much each step added to the guess of the picture under the playhead and, where
// that was drawn, how far it ends from there without the step. `lane` holds no branch; a press goes
// to a step, a right one offers to leave it out.
inline constexpr float kAddedHeight = 20;
void added_row(const View& view, Ui& ui, const Lanes& lane, Commands& out);

}  // namespace stepwise::app
