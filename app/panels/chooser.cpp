#include <imgui.h>
#include <imgui_stdlib.h>

#include <algorithm>

#include "files/places.h"
#include "panels/files.h"
#include "panels/part.h"
#include "panels/ui.h"
#include "widgets/controls.h"
#include "widgets/form.h"

namespace stepwise::app {
namespace {

namespace fs = std::filesystem;

void move_to(const fs::path& folder, FilesUi& files) {
  files.chooser.moved_to = folder.string();
  files.tasks.push_back(ListFolder{folder});
}

void places_row(FilesUi& files) {
  bool first = true;
  for (const KnownPlace& place : known_places()) {
    if (!std::exchange(first, false)) ImGui::SameLine();
    if (plain_button(place.name.c_str())) move_to(place.folder, files);
    tooltip(place.folder.string().c_str());
  }
}

// The folder itself: one press leads above it, a path can be typed.
void folder_row(FilesUi& files) {
  ChooserUi& chooser = files.chooser;
  const bool there = chooser.listed && chooser.listed->folder.has_parent_path();
  if (plain_button("Up", px(48), there)) move_to(chooser.listed->folder.parent_path(), files);
  ImGui::SameLine();
  ImGui::SetNextItemWidth(-1);
  if (ImGui::InputText("##folder", &chooser.moved_to, ImGuiInputTextFlags_EnterReturnsTrue))
    move_to(place_of(chooser.moved_to), files);
}

// True when a file was chosen.
bool entries(FilesUi& files, float height, std::string& chosen) {
  ChooserUi& chooser = files.chooser;
  ImGui::BeginChild("entries", {0, height}, true, ImGuiWindowFlags_NavFlattened);
  bool found = false;
  if (!chooser.listed) {
    caption("Looking into the folder ...");
  } else {
    const FolderListed& listed = *chooser.listed;
    if (!listed.trouble.empty()) caption(listed.trouble, colors.bad);
    if (listed.entries.empty() && listed.trouble.empty())
      caption("There is no folder and no picture here.");
    for (const auto& [name, is_folder] : listed.entries) {
      const std::string label = is_folder ? name + "/" : name;
      if (!ImGui::Selectable(label.c_str())) continue;
      if (is_folder) {
        move_to(listed.folder / name, files);
        break;
      }
      chosen = name;
      found = true;
    }
    if (listed.cut) caption(text_of("And more: only ", kMostListed, " are listed."));
  }
  ImGui::EndChild();
  return found;
}

void kind_row(const View& view, Ui& ui) {
  ChooserUi& chooser = ui.files.chooser;
  static constexpr auto kLabels = [] {
    std::array<const char*, kSaveKinds.size()> labels{};
    for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = kSaveKinds[i].label;
    return labels;
  }();
  int kind = int(chooser.kind);
  if (segments("kind", kind, kLabels, ImGui::GetContentRegionAvail().x)) {
    chooser.kind = SaveKind(kind);
    if (!chooser.named) chooser.name = file_name_of(chooser.kind, view, ui);
  }
  caption(info_of(chooser.kind).help);
}

// A name as it can be written: of no folder, with the ending of its kind.
std::string file_name(const ChooserUi& chooser) {
  const std::string ending = info_of(chooser.kind).ending;
  const std::string name = fs::path(chooser.name).filename().string();
  if (name.empty() || name == "." || name == "..") return "";
  return name.ends_with(ending) ? name : name + ending;
}

void save_as(const View& view, Ui& ui) {
  ChooserUi& chooser = ui.files.chooser;
  const std::string name = file_name(chooser);
  auto content = content_of(chooser.kind, view, ui);
  if (name.empty() || !content || !chooser.listed) return;
  ui.files.folder = chooser.listed->folder.string();
  ui.files.tasks.push_back(SaveFile{chooser.listed->folder / name, std::move(*content)});
  chooser.open = false;
}

void name_row(const View& view, Ui& ui) {
  ChooserUi& chooser = ui.files.chooser;
  const float button = px(80), gap = ImGui::GetStyle().ItemSpacing.x;
  if (!std::exchange(chooser.appeared, true)) ImGui::SetKeyboardFocusHere();
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - button - gap);
  const bool entered =
      ImGui::InputText("##name", &chooser.name, ImGuiInputTextFlags_EnterReturnsTrue);
  chooser.named = chooser.named || ImGui::IsItemEdited();
  ImGui::SameLine(0, gap);
  const bool can =
      content_of(SaveKind::kNumbers, view, ui).has_value() && !file_name(chooser).empty();
  if (primary_button("Save", button, can) || (entered && can)) save_as(view, ui);
  tooltip("Nothing is replaced: where there is such a file, the new one gets a number.", "Enter");
}

}  // namespace

void chooser_panel(const View& view, Ui& ui) {
  ChooserUi& chooser = ui.files.chooser;
  if (!chooser.open) return;
  const ImVec2 screen = ImGui::GetMainViewport()->WorkSize;
  const ImVec2 size{std::min(px(620), screen.x - px(32)), std::min(px(460), screen.y - px(32))};
  ImGui::SetNextWindowSize(size, ImGuiCond_Appearing);
  ImGui::SetNextWindowPos({screen.x / 2, screen.y / 2}, ImGuiCond_Appearing, {0.5f, 0.5f});
  if (ImGui::Begin(chooser.saves ? "Save###chooser" : "Open###chooser", &chooser.open,
                   ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings)) {
    places_row(ui.files);
    folder_row(ui.files);
    const float below = chooser.saves ? 2 * ImGui::GetFrameHeightWithSpacing() + 2 * px(20) : 0;
    std::string chosen;
    if (entries(ui.files, std::max(px(60), ImGui::GetContentRegionAvail().y - below), chosen)) {
      if (chooser.saves) {
        chooser.name = chosen;
        chooser.named = true;
      } else {
        open_place((chooser.listed->folder / chosen).string(), ui);
        chooser.open = false;
      }
    }
    if (chooser.saves) {
      kind_row(view, ui);
      name_row(view, ui);
    }
  }
  ImGui::End();
}

}  // namespace stepwise::app
