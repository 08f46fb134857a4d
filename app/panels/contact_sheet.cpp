#include <algorithm>
#include <cmath>

#include "panels/panels.h"
#include "view/edits.h"
#include "view/follow.h"
#include "view/quantities.h"
#include "widgets/controls.h"
#include "widgets/image_grid.h"

namespace stepwise::app {
namespace {

// What the picture under the playhead leads to: the model's answer to the painting, or the end of
// the branch.
struct Outcome {
  const char* title;
  std::string words;
  Shown shown;
};

Outcome outcome(const View& view, const Ui& ui) {
  if (const Painting* painting = painting_here(view, ui)) {
    const PreviewShown* answer = preview_of(view, painting->place);
    const Shown shown = answer ? Shown{answer->guess} : Shown{};
    return {"New guess", "with your edit", shown};
  }
  const int last = last_step(view, ui);
  Outcome end{
      "Ends as", "",
      shown_quantity(view, ui.playhead.branch, last, ui.playhead.picture, Quantity::kGuess)};
  if (!end.shown) {
    end.title = "Newest guess";
    for (int step = last; step >= 0 && !end.shown; --step)
      end.shown =
          shown_quantity(view, ui.playhead.branch, step, ui.playhead.picture, Quantity::kGuess);
  }
  const Branch* branch = find_branch(view, ui.playhead.branch);
  if (branch)
    end.words = class_name(view, branch->start.model, condition_at(*branch, ui.playhead.picture));
  return end;
}

void draw_outcome_picture(const Outcome& end, float side, PictureRenderer& pictures) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (end.shown) {
    pictures.draw(list, end.shown, at, {at.x + side, at.y + side});
  } else {
    list.AddRectFilled(at, {at.x + side, at.y + side}, color::kRaised, px(3));
  }
  ImGui::Dummy({side, side});
}

void draw_outcome(const Outcome& end, PictureRenderer& pictures) {
  text(end.title, color::kText, Font::kHeading);
  ImGui::SameLine(0, px(8));
  text(end.words, color::kDim);
  const float width = ImGui::GetContentRegionAvail().x;
  draw_outcome_picture(end, std::floor(std::min(width, ImGui::GetWindowHeight() * 0.36f)),
                       pictures);
}

std::string label_of(const View& view, const Ui& ui, int picture) {
  const Branch* branch = find_branch(view, ui.playhead.branch);
  return branch ? class_name(view, branch->start.model, condition_at(*branch, picture))

                : std::string();
}

// The pictures of the batch at the step of the playhead, not laid out yet.
ImageGrid grid_of(const View& view, const Ui& ui) {
  const Quantity quantity = ui.quantity == Quantity::kAll ? Quantity::kGuess : ui.quantity;
  ImageGrid grid;
  grid.count = batch_size(view, ui.playhead.branch);
  grid.chosen = ui.playhead.picture;
  grid.gap = px(6);
  grid.picture = [&view, &ui, quantity](int i) {
    return shown_quantity(view, ui.playhead.branch, ui.playhead.step, i, quantity);
  };
  grid.help = [&view, &ui](int i) { return label_of(view, ui, i); };
  return grid;
}

void draw_grid(const View& view, Ui& ui, PictureRenderer& pictures, const ImageGrid& grid) {
  ImGui::SetCursorPos({px(2), px(2)});
  const int clicked = image_grid("pictures", grid, pictures);
  if (clicked >= 0) go_to_picture(view, ui, clicked);
}

}  // namespace

void contact_sheet_panel(const View& view, Ui& ui, PictureRenderer& pictures) {
  draw_outcome(outcome(view, ui), pictures);
  ImageGrid grid = grid_of(view, ui);
  if (grid.count <= 1) return;

  heading("All pictures");
  ImGui::BeginChild("sheet");
  const ImVec2 room = ImGui::GetContentRegionAvail();
  grid.caption = grid.help;
  fit_grid(grid, room.x - px(4), room.y, px(36), px(160));
  if (grid.tile < px(64)) {  // Too small for words.
    grid.caption = nullptr;
    fit_grid(grid, room.x - px(4), room.y, px(36), px(160));
  }
  draw_grid(view, ui, pictures, grid);
  ImGui::EndChild();
}

void picture_row_panel(const View& view, Ui& ui, PictureRenderer& pictures) {
  const Outcome end = outcome(view, ui);
  const float side = ImGui::GetContentRegionAvail().y - px(8);
  draw_outcome_picture(end, side, pictures);
  tooltip(text_of(end.title, " ", end.words).c_str());
  ImageGrid grid = grid_of(view, ui);
  if (grid.count <= 1) return;

  ImGui::SameLine(0, px(12));
  ImGui::BeginChild("sheet", {0, side});
  const ImVec2 room = ImGui::GetContentRegionAvail();
  grid.gap = px(3);
  fit_grid(grid, room.x - px(4), room.y - px(2), px(24), side - px(4));
  draw_grid(view, ui, pictures, grid);
  ImGui::EndChild();
}

}  // namespace stepwise::app
