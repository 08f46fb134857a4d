// Training downwards, denoising to the right: what each mark of a run makes of one noise.
#include <algorithm>
#include <cmath>
#include <optional>

#include "panels/paint_parts.h"
#include "view/quantities.h"
#include "view/sweep.h"
#include "view/trees.h"
#include "widgets/controls.h"
#include "widgets/film_strip.h"

namespace stepwise::app {
namespace {

// The rows of a plane: the steps of each tree along one axis.
struct Plane {
  StepAxis axis;
  float top = 0, height = 0;  // Of the first row.

  int row_at(float y, int count) const { return std::clamp(int((y - top) / height), 0, count - 1); }
};

void draw_plane(const View& view, Ui& ui, const Sweep& sweep, const Plane& plane, float left,
                PictureRenderer& pictures) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (int i = 0; i < int(sweep.trees.size()); ++i) {
    const Sweep::Tree& tree = sweep.trees[std::size_t(i)];
    const float top = plane.top + float(i) * plane.height, bottom = top + plane.height - px(3);
    draw_text(list, {left, std::round((top + bottom - ImGui::GetTextLineHeight()) / 2)},
              Font::kCaption, colors.dim, tree.value.c_str());
    const Branch* root = tree_there(view, ui, tree);
    film_strip(list, pictures, plane.axis, 0, top, bottom, [&](int step) {
      if (!root || step > root->newest) return Shown{};
      const Place place{tree.root, step, sweep.picture};
      if (needs_full(ui.quantity)) ui.shown_small.push_back(place);
      const Shown shown = shown_among_steps(view, place, ui.quantity);
      return shown ? shown : shown_among_steps(view, place, Quantity::kGuess);
    });
  }
}

// Around the cell under the mouse: training and denoising step in words. The place that was
// pressed.
std::optional<Place> plane_mouse(const View& view, const Ui& ui, const Sweep& sweep,
                                 const Plane& plane) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool pressed = ImGui::IsItemClicked();
  if (!ImGui::IsItemHovered() && !pressed) return std::nullopt;
  const int row = plane.row_at(mouse.y, int(sweep.trees.size()));
  const Sweep::Tree& tree = sweep.trees[std::size_t(row)];
  const Branch* root = tree_there(view, ui, tree);
  const int step = plane.axis.step_at(mouse.x);
  if (!root || step > root->newest) return std::nullopt;
  const float x = plane.axis.centre(step) - plane.axis.cell / 2,
              y = plane.top + float(row) * plane.height;
  ImGui::GetWindowDrawList()->AddRect({x, y}, {x + plane.axis.cell, y + plane.height - px(3)},
                                      colors.accent, px(2), 0, px(1.5f));
  tooltip(text_of(tree.words, ", denoising step ", step, " of ", root->steps(),
                  "\nPress to go there; Combine ... lets an early network draw one part of the way "
                  "and a late one the other.")
              .c_str());
  if (!pressed) return std::nullopt;
  return Place{tree.root, step, sweep.picture};
}

}  // namespace

std::optional<Place> plane_of_steps(const View& view, Ui& ui, const Sweep& sweep,
                                    PictureRenderer& pictures) {
  constexpr float kNames = 76;               // Points of the column of names.
  constexpr Range<float> kPlaneRow{28, 96};  // Of a row; not much higher than its cells are wide.
  const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  int steps = 1;
  for (const Sweep::Tree& tree : sweep.trees)
    if (const Branch* root = tree_there(view, ui, tree)) steps = std::max(steps, root->steps());
  const StepAxis axis = step_axis(at.x + px(kNames), at.x + room.x, steps);
  const float rows = float(sweep.trees.size());
  const float highest = std::clamp(axis.cell + px(3), px(kPlaneRow.min), px(kPlaneRow.max));
  const float height = std::floor(std::clamp(room.y / rows, px(kPlaneRow.min), highest));
  const Plane plane{axis, at.y, height};
  mouse_area("plane", {room.x, height * rows});
  draw_plane(view, ui, sweep, plane, at.x, pictures);
  return plane_mouse(view, ui, sweep, plane);
}

}  // namespace stepwise::app
