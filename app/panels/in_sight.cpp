#include "panels/paint_parts.h"
#include "panels/terms.h"
#include "panels/train_parts.h"
#include "widgets/controls.h"

namespace stepwise::app {
namespace {

constexpr int kMostTiles = 20;

// Everything that is shown of the brush's picture here is a way to it.
void under_the_brush(const View& view, Ui& ui, PictureRenderer& pictures) {
  const auto [step, sigma] = where(view, ui);
  if (step.empty()) return text("No picture yet.", colors.dim, Font::kCaption, true);
  const float side = ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_or_blank(list, pictures, shown_here(view, ui, ui.quantity), at, {at.x + side, at.y + side},
                colors.raised);
  if (ImGui::InvisibleButton("under the brush", {side, side}))
    ui.workspace = kWorkspaces.front().id;
  if (ImGui::IsItemHovered())
    list.AddRect(at, {at.x + side, at.y + side}, colors.text, px(3), 0, px(2));
  tooltip("The picture under the brush.", "Press to paint on it (F1)");
  caption(step, colors.text);
  tooltip(help_of("step").c_str());
  caption(sigma);
  const Branch* branch = find_branch(view, ui.playhead.branch);
  if (branch) tooltip(help_of(level_word(branch->start.degradation)).c_str());
}

}  // namespace

void in_sight_panel(const View& view, Ui& ui, PictureRenderer& pictures, Commands&) {
  under_the_brush(view, ui, pictures);
  if (view.training.galleries.empty()) return;
  ImGui::Dummy({0, px(6)});
  newest_gallery(view, ui, pictures, kMostTiles);
}

}  // namespace stepwise::app
