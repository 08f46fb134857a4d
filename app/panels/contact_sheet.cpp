#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "panels/compared.h"
#include "panels/paint_parts.h"
#include "panels/part.h"
#include "panels/train_parts.h"
#include "view/compare.h"
#include "view/edits.h"
#include "view/follow.h"
#include "view/quantities.h"
#include "view/remains.h"
#include "view/survival.h"
#include "widgets/controls.h"
#include "widgets/image_grid.h"

namespace stepwise::app {
namespace {

// What the picture under the playhead leads to: the model's answer to the painting, and with more
// time the end that it comes to; or the end of the branch.
struct Outcome {
  const char* title;
  std::string words;
  Shown shown;
  const char* help = nullptr;
};

// Few-step weights guess the end before any step is there that leads to it.
Outcome outcome_of(const AheadShown& ahead, const View& view) {
  const Shown shown{ahead.guess};
  if (ahead.finished) return {"Ends as", "with your edit", shown};
  const Branch* branch = find_branch(view, ahead.edit.branch);
  if (!branch || ahead.step < branch->steps()) return {"Leads to", "with your edit", shown};
  return {"Ends like", "with your edit", shown,
          "A guess of the end, by the model's few-step weights in two evaluations. The end itself, "
          "by all the steps, takes its place in a moment."};
}

Outcome outcome(const View& view, const Ui& ui) {
  if (const Painting* painting = painting_here(view, ui)) {
    if (const AheadShown* ahead = ahead_of(view, *painting)) return outcome_of(*ahead, view);
    const PreviewShown* answer = preview_of(view, painting->place);
    const Shown shown = answer ? Shown{answer->guess} : Shown{};
    return {"New guess", "with your edit", shown};
  }
  const int last = last_step(view, ui);
  Outcome end{"So far", "", {}};
  for (int step = last; step >= 0 && !end.shown; --step) {
    end.shown =
        shown_quantity(view, ui.playhead.branch, step, ui.playhead.picture, Quantity::kGuess);
    if (end.shown && step == last) end.title = "Ends as";
  }
  const Branch* branch = find_branch(view, ui.playhead.branch);
  if (branch)
    end.words = class_name(view, branch->start.model, condition_at(*branch, ui.playhead.picture));
  return end;
}

void draw_outcome_picture(const Outcome& end, float side, PictureRenderer& pictures) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_or_blank(*ImGui::GetWindowDrawList(), pictures, end.shown, at, {at.x + side, at.y + side},
                colors.raised);
  ImGui::Dummy({side, side});
}

void draw_outcome(const Outcome& end, PictureRenderer& pictures) {
  const float width = ImGui::GetContentRegionAvail().x, gap = px(8);
  text(end.title, colors.text, Font::kHeading);
  if (end.help) tooltip(end.help);
  if (ImGui::GetItemRectSize().x + gap + ImGui::CalcTextSize(end.words.c_str()).x <= width)
    ImGui::SameLine(0, gap);
  text(shortened(end.words, ImGui::GetContentRegionAvail().x), colors.dim);
  draw_outcome_picture(end, std::floor(std::min(width, ImGui::GetWindowHeight() * 0.36f)),
                       pictures);
}

// How much of the painting is in the picture that it ends as, and where.
void draw_remains(const Remains& remains, PictureRenderer& pictures) {
  const float width = ImGui::GetContentRegionAvail().x, left = ImGui::GetCursorPosX();
  const float side = std::floor(width * kSmallShare);
  const ImVec2 at = ImGui::GetCursorScreenPos(), end{at.x + side, at.y + side};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  pictures.draw(list, Shown{remains.map}, at, end);
  list.AddRect(at, end, colors.edge, 0, 0, px(1));
  ImGui::Dummy({side, side});
  ImGui::SameLine(left + side + px(8));
  ImGui::BeginGroup();
  text(fmt::format("{:.0f} % left", 100 * remains.share).c_str(),
       remains.share < kTrace ? colors.warning : colors.text);
  caption("of what you painted");
  ImGui::EndGroup();
  tooltip(
      "The model has carried on to the end: so much of your change is in the finished picture. "
      "White: it stays; black: the model painted over it. Later steps keep more, and Lock (K) "
      "keeps "
      "all.");
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

// Whether one was chosen.
bool draw_grid(const View& view, Ui& ui, PictureRenderer& pictures, ImageGrid& grid,
               Commands& out) {
  ImGui::SetCursorPos({px(2), px(2)});
  grid.more = [&](int i, ImVec2) { picture_menu(view, ui, i, out); };
  const int clicked = image_grid("pictures", grid, pictures);
  if (clicked >= 0) go_to_picture(view, ui, clicked);
  return clicked >= 0;
}

// While a run goes on, its newest pictures stand below all others.
constexpr int kFootPictures = 10;
float foot_height(const View& view, float width) {
  return view.training.running ? newest_gallery_height(view, width, kFootPictures) : 0;
}

void draw_sheet(const View& view, Ui& ui, PictureRenderer& pictures, ImageGrid& grid,
                Commands& out) {
  const ImVec2 room = ImGui::GetContentRegionAvail();
  grid.caption = grid.help;
  fit_grid(grid, room.x - px(4), room.y, px(36), px(160));
  if (grid.tile < px(64)) {  // Too small for words.
    grid.caption = nullptr;
    fit_grid(grid, room.x - px(4), room.y, px(36), px(160));
  }
  draw_grid(view, ui, pictures, grid, out);
}

}  // namespace

void contact_sheet_panel(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  draw_outcome(outcome(view, ui), pictures);
  if (const Remains* remains = remains_here(view, ui))
    draw_remains(*remains, pictures);
  else if (const auto other = other_here(view, ui))
    draw_compared(view, *other, ui, pictures);
  const float foot = foot_height(view, ImGui::GetContentRegionAvail().x);
  ImageGrid grid = grid_of(view, ui);
  if (grid.count > 1) heading("Pictures");
  const float gap = foot > 0 ? ImGui::GetStyle().ItemSpacing.y : 0;
  const float height = std::max(1.f, ImGui::GetContentRegionAvail().y - foot - gap);
  ImGui::BeginChild("sheet", {0, height}, false, keys_are_ours());
  if (grid.count > 1) draw_sheet(view, ui, pictures, grid, out);
  ImGui::EndChild();
  if (foot > 0) newest_gallery(view, ui, pictures, kFootPictures);
}

void large_grid_panel(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  const auto [step, sigma] = where(view, ui);
  text(step.empty() ? "All pictures" : text_of("All pictures, ", step, "   ", sigma), colors.text,
       Font::kTitle);
  ImGui::SameLine(0, px(16));
  text("Press one to go back to it (G)", colors.dim);
  ImGui::BeginChild("sheet", {0, 0}, false, keys_are_ours());
  ImageGrid grid = grid_of(view, ui);
  const ImVec2 room = ImGui::GetContentRegionAvail();
  grid.caption = grid.help;
  fit_grid(grid, room.x - px(4), room.y, px(72), px(320));
  if (draw_grid(view, ui, pictures, grid, out)) ui.large_grid = false;
  ImGui::EndChild();
}

void picture_row_panel(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  const Outcome end = outcome(view, ui);
  const float side = ImGui::GetContentRegionAvail().y - px(8);
  draw_outcome_picture(end, side, pictures);
  tooltip(text_of(end.title, " ", end.words).c_str());
  if (const auto other = other_here(view, ui)) {
    ImGui::SameLine(0, px(4));
    draw_other_end(view, *other, ui, side, pictures);
    tooltip(text_of(title_of(*other), ": ", other->words).c_str(), "C, held");
  }
  ImageGrid grid = grid_of(view, ui);
  if (grid.count <= 1) return;

  ImGui::SameLine(0, px(12));
  ImGui::BeginChild("sheet", {0, side}, false, keys_are_ours());
  const ImVec2 room = ImGui::GetContentRegionAvail();
  grid.gap = px(3);
  fit_grid(grid, room.x - px(4), room.y - px(2), px(24), side - px(4));
  draw_grid(view, ui, pictures, grid, out);
  ImGui::EndChild();
}

}  // namespace stepwise::app
