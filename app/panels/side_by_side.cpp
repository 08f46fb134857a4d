#include <algorithm>
#include <cmath>
#include <optional>

#include "panels/paint_parts.h"
#include "panels/part.h"
#include "view/follow.h"
#include "view/live.h"
#include "view/quantities.h"
#include "view/sweep.h"
#include "view/trees.h"
#include "widgets/controls.h"
#include "widgets/image_grid.h"

namespace stepwise::app {
namespace {

// As the chosen layer shows it or, until that has come, the guess.
Shown cell(const View& view, Ui& ui, const Sweep& sweep, const Sweep::Tree& tree) {
  const Branch* root = tree_there(view, ui, tree);
  if (!root) return {};
  const Place place = place_in_sweep(view, ui, sweep, *root);
  if (needs_full(ui.quantity)) ui.shown_small.push_back(place);
  const Shown shown = shown_among_steps(view, place, ui.quantity);
  return shown ? shown : shown_among_steps(view, place, Quantity::kGuess);
}

ImageGrid grid_of(const View& view, Ui& ui, const Sweep& sweep, Commands& out) {
  ImageGrid grid;
  grid.count = int(sweep.trees.size());
  grid.gap = px(8);
  const auto here =
      std::ranges::find(sweep.trees, root_of(view, ui.playhead.branch), &Sweep::Tree::root);
  grid.chosen = here == sweep.trees.end() ? -1 : int(here - sweep.trees.begin());
  const auto tree = [&sweep](int i) -> const Sweep::Tree& { return sweep.trees[std::size_t(i)]; };
  grid.picture = [&, tree](int i) { return cell(view, ui, sweep, tree(i)); };
  grid.caption = [tree](int i) { return tree(i).value; };
  grid.help = [tree](int i) { return tree(i).words; };
  grid.more = [&, tree](int i, ImVec2) { branch_menu(view, ui, tree(i).root, out); };
  return grid;
}

// The columns with which the tiles that are all in sight are the largest; where those would be
// small, they scroll.
void lay_out(ImageGrid& grid, ImVec2 room) {
  const Range<float> tiles{px(72), px(320)};
  const float below = grid.gap + caption_height();
  float largest = 0;
  for (int columns = 1; columns <= grid.count; ++columns) {
    const int rows = (grid.count + columns - 1) / columns;
    const float tile = std::floor(
        std::min((room.x + grid.gap) / float(columns) - grid.gap, room.y / float(rows) - below));
    if (tile > largest) largest = tile, grid.columns = columns;
  }
  grid.tile = std::min(largest, tiles.max);
  if (largest < tiles.min) fit_grid(grid, room.x, room.y, tiles.min, tiles.max);
}

bool header(const Sweep& sweep, const Where& where) {
  const float close = px(64), left = ImGui::GetWindowContentRegionMax().x - close;
  text(sweep.label, colors.text, Font::kTitle);
  const auto more = [left](const std::string& words, ImU32 ink, Font which) {
    const float end = ImGui::GetItemRectMax().x - ImGui::GetWindowPos().x + px(16);
    if (end + width_of(words.c_str(), which) + px(16) > left) return;
    ImGui::SameLine(0, px(16));
    text(words, ink, which);
  };
  if (!sweep.plane) more(where.sigma, colors.text, Font::kTitle);
  more("One noise. Press one to go to it.", colors.dim, Font::kBody);
  ImGui::SameLine(left);
  const bool pressed = plain_button("Close", close);
  tooltip("Back to one picture. They stay in the history.", "Esc");
  return pressed;
}

// Where samplers stand beside each other at every evaluation.
void race_entry(const View& view, Ui& ui) {
  const std::string obstacle = obstacle_to_sweep(view, ui, SweepKind::kSamplers);
  if (ImGui::MenuItem("Race of samplers", nullptr, false, obstacle.empty())) {
    ui.race.shown = true;
    ui.large_grid = false;
    ui.sweep = -1;
  }
  tooltip(obstacle.empty() ? "Samplers without fresh noise, from the same noise and with as many "
                             "evaluations of the network: who comes nearest to the exact way?"
                           : obstacle.c_str());
}

}  // namespace

void side_by_side_panel(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  const Sweep& sweep = *sweep_shown(view, ui);
  const bool close = header(sweep, where(view, ui));
  ImGui::BeginChild("sheet", {0, 0}, false, keys_are_ours());
  if (sweep.plane) {
    const std::optional<Place> pressed = plane_of_steps(view, ui, sweep, pictures);
    ImGui::EndChild();
    if (pressed) go_to(view, ui, pressed->branch, pressed->step, pressed->picture);
    if (pressed) visit_from_sweep(ui);
    if (close) close_sweep(ui);
    return;
  }
  ImageGrid grid = grid_of(view, ui, sweep, out);
  const ImVec2 room = ImGui::GetContentRegionAvail();
  lay_out(grid, {room.x - px(4), room.y - px(4)});
  const float wide = float(grid.columns) * (grid.tile + grid.gap) - grid.gap;
  ImGui::SetCursorPos({px(2) + std::max(0.f, std::floor((room.x - px(4) - wide) / 2)), px(2)});
  const int clicked = image_grid("side by side", grid, pictures);
  ImGui::EndChild();
  if (close) close_sweep(ui);
  const Branch* root =
      clicked < 0 ? nullptr : tree_there(view, ui, sweep.trees[std::size_t(clicked)]);
  if (!root) return;
  const Place place = place_in_sweep(view, ui, sweep, *root);
  go_to(view, ui, place.branch, place.step, place.picture);
  visit_from_sweep(ui);
}

void side_by_side_entries(const View& view, Ui& ui, Commands& out) {
  const bool runs = running_in_sight(view, ui) != nullptr;
  for (const SweepName& each : kSweeps) {
    const std::string obstacle =
        runs ? "Something is being sampled." : obstacle_to_sweep(view, ui, each.kind);
    if (ImGui::MenuItem(each.label, nullptr, false, obstacle.empty()))
      begin_sweep(view, ui, each.kind, out);
    tooltip(obstacle.empty() ? each.help : obstacle.c_str());
  }
  race_entry(view, ui);
}

void side_by_side_button(const View& view, Ui& ui, Commands& out) {
  const char* label = "Side by side";
  const ImVec2 padding{px(8), px(2)};
  ImGui::SameLine(ImGui::GetWindowContentRegionMax().x - ImGui::CalcTextSize(label).x -
                  2 * padding.x);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, padding);
  if (plain_button(label)) ImGui::OpenPopup("side by side");
  ImGui::PopStyleVar();
  tooltip(
      "Samples the picture under the playhead anew, from the same noise, once for each "
      "guidance, class or sampler.");
  const ImVec2 corner = ImGui::GetItemRectMax();
  ImGui::SetNextWindowPos({corner.x, corner.y + px(2)}, ImGuiCond_Always, {1, 0});
  if (!ImGui::BeginPopup("side by side")) return;
  side_by_side_entries(view, ui, out);
  ImGui::EndPopup();
}

}  // namespace stepwise::app
