// What the centre of the workspace of painting is made of. Window thread only.
#pragma once

#include <optional>
#include <string>

#include "panels/panels.h"

namespace stepwise::app {

// The picture under the playhead, large, to paint on.
Panel canvas_panel;
// The same without the line above it.
Panel bare_canvas;

// All pictures of the batch and what the chosen one leads to: beside the canvas, in one row below
// it, so many points high, or large in its place, to choose one from.
Panel contact_sheet_panel, picture_row_panel, large_grid_panel;
inline constexpr float kPictureRow = 68;
// In its place as well: the trees of a sweep, at the noise level of the playhead.
Panel side_by_side_panel;
// Of a sweep whose trees are rows, all steps of all of them: the place that was pressed.
std::optional<Place> plane_of_steps(const View& view, Ui& ui, const Sweep& sweep,
                                    PictureRenderer& pictures);
// And so does a race of samplers for its pictures.
Panel race_panel;

// In place of all these where the model that was asked for did not open and there is nothing else
// to look at: why, and what to do. Why that is so, or nullptr.
const Failure* why_no_model(const View& view, const Ui& ui);
void no_model_panel(const View& view, Ui& ui, Commands& out);

// One image of the picture under the playhead, as it is painted on.
Shown shown_here(const View& view, const Ui& ui, Quantity quantity);

// "step 9 of 18" and "σ 0.973", of the playhead; empty where there is no branch.
struct Where {
  std::string step, sigma;
};
Where where(const View& view, const Ui& ui);

}  // namespace stepwise::app
