#include "panels/panels.h"
#include "view/compare.h"
#include "view/edits.h"
#include "view/follow.h"
#include "view/left_out.h"
#include "view/sweep.h"
#include "view/trees.h"
#include "view/variations.h"
#include "widgets/controls.h"

namespace stepwise::app {
namespace {

void side_by_side_menu(const View& view, Ui& ui, Commands& out) {
  if (!ImGui::BeginMenu("Side by side")) return;
  side_by_side_entries(view, ui, out);
  ImGui::EndMenu();
}

// From the picture under the playhead to another of its batch.
void between_menu(const View& view, Ui& ui, Commands& out) {
  const Branch* branch = find_branch(view, ui.playhead.branch);
  if (!branch || batch_size(view, ui.playhead.branch) < 2 || !ImGui::BeginMenu("In-betweens with"))
    return;
  for (int i = 0; i < batch_size(view, ui.playhead.branch); ++i) {
    const std::string name = class_name(view, branch->start.model, condition_at(*branch, i));
    if (can_go_between(view, ui, i) && ImGui::MenuItem(text_of(i, "  ", name).c_str()))
      go_between(view, ui, i, out);
  }
  ImGui::EndMenu();
}

void layer_entries(Ui& ui) {
  for (std::size_t i = 0; i < kQuantities.size(); ++i) {
    const QuantityName& name = kQuantities[i];
    const bool shown = ui.quantity == name.quantity;
    if (ImGui::MenuItem(name.label, text_of(i + 1).c_str(), shown)) ui.quantity = name.quantity;
  }
  if (ImGui::MenuItem("All four", "5", ui.quantity == Quantity::kAll)) ui.quantity = Quantity::kAll;
}

void compare_entry(Ui& ui) {
  if (ImGui::MenuItem("Compare others with this", "X", is_chosen_other(ui, ui.playhead)))
    choose_other(ui);
}

void save_submenu(const View& view, Ui& ui) {
  if (!ImGui::BeginMenu("Save")) return;
  save_entries(view, ui);
  ImGui::EndMenu();
}

// A right button that was held and moved has moved the picture.
bool clicked_in_place() {
  const float slop = px(4);
  return ImGui::IsItemHovered() && ImGui::IsMouseReleased(1) &&
         ImGui::GetIO().MouseDragMaxDistanceSqr[1] <= slop * slop;
}

}  // namespace

void begin_rename(const View& view, Ui& ui, const Branch& branch) {
  const Playhead& at = ui.playhead;
  go_to(view, ui, branch.start.id, at.step, picture_of(branch, at.picture));
  ui.folded = false;
  ui.timeline.seen = -1;
  ui.timeline.renamed = branch.start.id;
  ui.timeline.name = branch_name(view, ui, branch);
  ui.timeline.typing = false;
}

void branch_menu(const View& view, Ui& ui, BranchId id, Commands& out) {
  const Branch* branch = find_branch(view, id);
  if (!branch || !ImGui::BeginPopupContextItem()) return;
  const bool starred = ui.starred.contains(id);
  if (ImGui::Selectable(starred ? "Take the star off" : "Star: keep it where memory is short"))
    toggle_star(view, ui, id);
  if (can_prune(view, ui, id) && ImGui::Selectable("Delete all edits without a star"))
    prune(view, ui, id, out);
  if (ImGui::Selectable("Rename")) begin_rename(view, ui, *branch);
  const bool alone = together_with(ui, id).size() == 1;
  if (ImGui::Selectable(alone ? "Delete" : "Delete all of these")) delete_branch(view, ui, id, out);
  ImGui::EndPopup();
}

void without_step_entry(const View& view, Ui& ui, Commands& out) {
  const int step = ui.playhead.step;
  const std::string obstacle = obstacle_to_leaving_out(view, ui, step);
  if (ImGui::MenuItem("Draw again without this step", "J", false, obstacle.empty()))
    leave_out_step(view, ui, step, out);
  if (!obstacle.empty()) tooltip(obstacle.c_str());
}

void picture_menu(const View& view, Ui& ui, int picture, Commands& out) {
  if (!ImGui::BeginPopupContextItem()) return;
  // What is offered is of the picture that was clicked.
  if (picture != ui.playhead.picture) go_to_picture(view, ui, picture);
  if (ImGui::MenuItem("All pictures, large", "G", ui.large_grid)) ui.large_grid = !ui.large_grid;
  compare_entry(ui);
  side_by_side_menu(view, ui, out);
  save_submenu(view, ui);
  between_menu(view, ui, out);
  ImGui::EndPopup();
}

void canvas_menu(const View& view, Ui& ui, Commands& out) {
  if (clicked_in_place()) ImGui::OpenPopup("canvas menu");
  if (!ImGui::BeginPopup("canvas menu")) return;
  layer_entries(ui);
  ImGui::Separator();
  if (ImGui::MenuItem("Fit the picture", "F")) ui.camera = {};
  if (ImGui::MenuItem("All pictures, large", "G")) ui.large_grid = true;
  ImGui::Separator();
  if (ImGui::MenuItem("Resample from here", "R", false, can_resample(view, ui)))
    resample(view, ui, out);
  if (ImGui::MenuItem("Four variations from here", "Shift+R", false,
                      paintable(view, ui).has_value()))
    vary(view, ui, kVariations, out);
  without_step_entry(view, ui, out);
  if (ImGui::MenuItem("Drop the painting", "Esc", false, painting_here(view, ui) != nullptr))
    discard_painting(view, ui);
  ImGui::Separator();
  compare_entry(ui);
  side_by_side_menu(view, ui, out);
  save_submenu(view, ui);
  ImGui::EndPopup();
}

}  // namespace stepwise::app
