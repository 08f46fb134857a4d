#include <algorithm>
#include <cmath>

#include "panels/paint_parts.h"
#include "panels/part.h"
#include "view/sweep.h"
#include "widgets/theme.h"

namespace stepwise::app {
namespace {

constexpr Range<float> kSheet{112, 320};  // Width of the column of pictures.
constexpr float kHeader = 44;             // Of the canvas, with its edges.
constexpr float kRowFrom = 300;           // A lower centre has no room for a row of pictures.

// Where the pictures of the batch go. The canvas comes first: a column beside it or a row below it,
// whichever leaves it larger, and neither where it would be small.
struct Sheet {
  Sheet(ImVec2 room, bool folded) {
    if (folded) return;
    const float width = std::round(std::clamp(room.x * 0.24f, px(kSheet.min), px(kSheet.max)));
    const float row = px(kPictureRow);
    const float beside = std::min(room.x - width, room.y - px(kHeader));
    const float above = std::min(room.x, room.y - row - px(kHeader));
    if (beside >= above)
      column = width;
    else if (room.y >= px(kRowFrom))
      below = row;
  }
  float column = 0, below = 0;
};

}  // namespace

void paint_panel(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  const ImVec2 inset{px(8), px(8)};
  if (why_no_model(view, ui))
    return part(
        "no model", at, room, inset, [&] { no_model_panel(view, ui, out); }, 0);
  if (ui.race.shown)
    return part("race", at, room, inset, [&] { race_panel(view, ui, pictures, out); });
  if (sweep_shown(view, ui))
    return part("side by side", at, room, inset,
                [&] { side_by_side_panel(view, ui, pictures, out); });
  if (ui.large_grid)
    return part("large grid", at, room, inset, [&] { large_grid_panel(view, ui, pictures, out); });
  const Sheet sheet(room, ui.folded);
  const ImVec2 canvas{room.x - sheet.column, room.y - sheet.below};
  part("canvas", at, canvas, {px(6), px(6)}, [&] { canvas_panel(view, ui, pictures, out); });
  if (sheet.column > 0)
    part("contact sheet", {at.x + canvas.x, at.y}, {sheet.column, room.y}, inset,
         [&] { contact_sheet_panel(view, ui, pictures, out); });
  if (sheet.below > 0)
    part("picture row", {at.x, at.y + canvas.y}, {room.x, sheet.below}, {px(8), 0},
         [&] { picture_row_panel(view, ui, pictures, out); });
}

}  // namespace stepwise::app
