#include "view/layers.h"

#include <imgui.h>

#include <algorithm>

#include "panels/part.h"
#include "panels/tool_parts.h"
#include "view/edits.h"
#include "view/trees.h"
#include "widgets/controls.h"
#include "widgets/icons.h"

namespace stepwise::app {
namespace {

constexpr float kLeastList = 72;   // Points high; where there is less, a button opens it.
constexpr float kListWidth = 190;  // Of what it opens.

// Layers that are listed, and whose they are: of the painting, or of a branch.
struct Listed {
  std::string title;
  const Layers* layers = nullptr;
  const Branch* branch = nullptr;
};

std::vector<Listed> listed_here(const View& view, const Ui& ui) {
  std::vector<Listed> all;
  if (const Painting* painting = painting_here(view, ui))
    all.push_back({"Layers", &painting->layers});
  const Branch* branch = find_branch(view, ui.playhead.branch);
  if (branch && has_layers(*branch))
    all.push_back({"Of " + branch_name(view, ui, *branch), &branch->start.layers, branch});
  return all;
}

// What was asked for in a row.
struct Wanted {
  Layers layers;
  const char* what = nullptr;
};

void row_menu(const Layers& layers, int i, Wanted& asked) {
  if (!ImGui::BeginPopupContextItem("row menu")) return;
  const int last = int(layers.size()) - 1;
  if (ImGui::MenuItem("Up", nullptr, false, i < last))
    asked = {with_moved(layers, i, i + 1), "reordering of layers"};
  if (ImGui::MenuItem("Down", nullptr, false, i > 0))
    asked = {with_moved(layers, i, i - 1), "reordering of layers"};
  if (ImGui::MenuItem("Delete")) asked = {without(layers, i), "deletion of a layer"};
  ImGui::EndPopup();
}

void layer_row(Ui& ui, const Listed& list, int i, Wanted& asked) {
  const Layers& layers = *list.layers;
  const Layer& layer = layers[std::size_t(i)];
  const float side = ImGui::GetFrameHeight(), gap = px(3), y = ImGui::GetCursorPosY();
  const auto go_on = [&](float lower) {  // On the same line, whatever type is on it.
    ImGui::SameLine(0, gap);
    ImGui::SetCursorPosY(y + lower);
  };
  if (icon_button("Show", layer.hidden ? Icon::kNoEye : Icon::kEye, {side, side}, false))
    asked = {with_toggled(layers, i), layer.hidden ? "showing of a layer" : "hiding of a layer"};
  tooltip(layer.hidden ? "Shows it again." : "Hides it: it does nothing.");
  go_on(-ImGui::GetStyle().FramePadding.y);
  const float width = ImGui::GetContentRegionAvail().x - side - gap;
  const std::string name = shortened(name_of(layer), width - px(6));
  const bool chosen = !list.branch && ui.layer == i;
  if (ImGui::Selectable((name + "###name").c_str(), chosen, ImGuiSelectableFlags_None,
                        {width, side}) &&
      !list.branch)
    ui.layer = chosen ? -1 : i;
  tooltip(list.branch ? "Changing it draws the branch again, from where it forks; undo brings this "
                        "one back. The right button moves it up or down."
                      : "Press: in hand, for Move (V). Drag: above or below others.");
  if (!list.branch && ImGui::IsItemActive() && !ImGui::IsItemHovered()) {
    const int to = i + (ImGui::GetMouseDragDelta(0).y < 0 ? 1 : -1);
    if (to >= 0 && to < int(layers.size())) {
      asked = {with_moved(layers, i, to), "reordering of layers"};
      ui.layer = to;
      ImGui::ResetMouseDragDelta();
    }
  }
  row_menu(layers, i, asked);
  go_on(0);
  if (ImGui::Button("\xc3\x97", {side, side})) asked = {without(layers, i), "deletion of a layer"};
  tooltip("Deletes it.");
}

// The topmost first.
void layer_rows(const View& view, Ui& ui, const Listed& list, Commands& out) {
  Wanted asked;
  ImGui::PushID(list.branch ? "of branch" : "of painting");
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {px(3), px(3)});
  ImGui::PushStyleVar(ImGuiStyleVar_SelectableTextAlign, {0, 0.5f});
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {px(2), px(2)});
  for (int i = int(list.layers->size()) - 1; i >= 0; --i) {
    ImGui::PushID(i);
    layer_row(ui, list, i, asked);
    ImGui::PopID();
  }
  ImGui::PopStyleVar(3);
  ImGui::PopID();
  if (!asked.what) return;
  if (list.branch)
    change_branch_layers(view, ui, *list.branch, std::move(asked.layers), out);
  else
    change_layers(view, ui, std::move(asked.layers), asked.what, out);
}

void all_rows(const View& view, Ui& ui, Commands& out) {
  for (const Listed& list : listed_here(view, ui)) {
    text(list.title, colors.dim, Font::kCaption);
    layer_rows(view, ui, list, out);
  }
}

}  // namespace

int layer_count(const View& view, const Ui& ui) {
  int count = 0;
  for (const Listed& list : listed_here(view, ui)) count += int(list.layers->size());
  return count;
}

void layers_list(const View& view, Ui& ui, Commands& out) {
  if (layer_count(view, ui) == 0 || ImGui::GetContentRegionAvail().y < px(kLeastList)) return;
  ImGui::BeginChild("layers", {0, 0}, false, keys_are_ours());
  all_rows(view, ui, out);
  ImGui::EndChild();
}

void layers_button(const View& view, Ui& ui, float width, Commands& out) {
  const int count = layer_count(view, ui);
  if (plain_button(count == 1 ? "1 layer###layers" : text_of(count, " layers###layers").c_str(),
                   width, count > 0))
    ImGui::OpenPopup("layers");
  tooltip("Hides, moves and deletes them one by one.");
  ImGui::SetNextWindowSize({px(kListWidth), 0});
  if (!ImGui::BeginPopup("layers")) return;
  all_rows(view, ui, out);
  ImGui::EndPopup();
}

}  // namespace stepwise::app
