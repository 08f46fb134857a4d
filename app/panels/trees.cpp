#include <fmt/chrono.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "panels/panels.h"
#include "settings/left_out.h"
#include "view/follow.h"
#include "view/quantities.h"
#include "view/sweep.h"
#include "view/trees.h"
#include "widgets/controls.h"
#include "widgets/image_grid.h"
#include "widgets/star.h"

namespace stepwise::app {
namespace {

constexpr float kTile = 44;  // In one row; more of them scroll.

std::string model_of(const View& view, const Branch& root) {
  const ModelOpened* model = find_model(view, root.start.model);
  return model ? model->name : "a model that is closed";
}

// When and from what it was made.
std::string words_for(const View& view, const Ui& ui, const Branch& root) {
  const SampleSettings& s = root.start.settings;
  const auto begun = ui.begun.find(root.start.id);
  const std::string time =
      begun == ui.begun.end() ? "" : fmt::format("{:%H:%M}  ", fmt::localtime(begun->second));
  const auto edits = tree_of(view, ui, root.start.id).size() - 1;
  if (const Sweep* sweep = sweep_of(ui, root.start.id))
    return text_of(time, sweep->label, ", ", sweep->trees.size(), " side by side\n",
                   model_of(view, root), "\nfrom the noise of picture ", sweep->picture, ", seed ",
                   s.seed);
  const auto& names = ui.history.now().names;
  const auto named = names.find(root.start.id);
  const std::string name = named == names.end() ? "" : named->second + "\n";
  return text_of(name, time, s.count, s.count == 1 ? " picture" : " pictures", ", ", edits,
                 edits == 1 ? " edit" : " edits", "\n", model_of(view, root), "\n",
                 name_of(s.sampler).label, ", ", root.steps(), " steps", left_out_words(s),
                 ", guidance ", s.guidance, ", seed ", s.seed);
}

// What it ends as, or has come to.
Shown newest_of(const View& view, const Ui& ui, const Branch& root) {
  const int picture = std::min(ui.playhead.picture, batch_size(view, root.start.id) - 1);
  return shown_quantity(view, root.start.id, root.newest, picture, Quantity::kGuess);
}

// Four tiles, whose lower right corner is given: there are more of it.
void draw_tiles(ImDrawList& list, ImVec2 corner) {
  const float side = px(5), pitch = px(6);
  const ImVec2 at{corner.x - px(15), corner.y - px(15)};
  list.AddRectFilled({at.x - px(2), at.y - px(2)}, {at.x + px(13), at.y + px(13)}, colors.panel,
                     px(2));
  for (int i = 0; i < 4; ++i) {
    const ImVec2 min{at.x + float(i % 2) * pitch, at.y + float(i / 2) * pitch};
    list.AddRectFilled(min, {min.x + side, min.y + side}, colors.text);
  }
}

// One for each tree, or for all that were sampled side by side.
std::vector<const Branch*> shown_roots(const View& view, const Ui& ui) {
  std::vector<const Branch*> all;
  std::set<const Sweep*> seen;
  for (const Branch* root : roots(view, ui)) {
    const Sweep* sweep = sweep_of(ui, root->start.id);
    if (!sweep || seen.insert(sweep).second) all.push_back(root);
  }
  return all;
}

ImageGrid grid_of(const View& view, const Ui& ui, const std::vector<const Branch*>& trees) {
  ImageGrid grid;
  grid.count = int(trees.size());
  grid.tile = px(kTile);
  const float width = ImGui::GetContentRegionAvail().x - px(4);
  grid.columns = std::max(1, int((width + grid.gap) / (grid.tile + grid.gap)));
  const auto together = together_with(ui, root_of(view, ui.playhead.branch));
  const auto shown = std::ranges::find_if(trees, [&](const Branch* root) {
    return std::ranges::find(together, root->start.id) != together.end();
  });
  grid.chosen = shown == trees.end() ? -1 : int(shown - trees.begin());
  grid.picture = [&](int i) { return newest_of(view, ui, *trees[std::size_t(i)]); };
  grid.help = [&](int i) { return words_for(view, ui, *trees[std::size_t(i)]); };
  return grid;
}

}  // namespace

void trees_panel(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  const auto trees = shown_roots(view, ui);
  if (trees.empty()) return;
  heading("History");
  side_by_side_button(view, ui, out);
  ImageGrid grid = grid_of(view, ui, trees);
  grid.more = [&](int i, ImVec2 corner) {
    const BranchId root = trees[std::size_t(i)]->start.id;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (ui.starred.contains(root))
      draw_star(list, {corner.x + px(8), corner.y + px(8)}, px(6), colors.warning);
    if (sweep_of(ui, root)) draw_tiles(list, {corner.x + grid.tile, corner.y + grid.tile});
    branch_menu(view, ui, root, out);
  };
  ImGui::BeginChild("trees", {0, grid.tile + grid.gap});
  ImGui::SetCursorPos({px(2), px(2)});
  const int clicked = image_grid("trees", grid, pictures);
  ImGui::EndChild();
  if (clicked < 0) return;
  const Branch& root = *trees[std::size_t(clicked)];
  look_at_sweep(ui, root.start.id);
  go_to(view, ui, root.start.id, std::min(ui.playhead.step, root.steps()), ui.playhead.picture);
}

}  // namespace stepwise::app
