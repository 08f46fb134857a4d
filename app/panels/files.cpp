#include "panels/files.h"

#include <utility>

#include "engine/run_folder.h"
#include "error.h"
#include "files/places.h"
#include "panels/panels.h"
#include "view/returning.h"
#include "widgets/controls.h"
#include "widgets/keys.h"

namespace stepwise::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSaveMenu = "save";

bool has_transparency(const ByteImage& rgba) {
  for (std::size_t i = 3; i < rgba.pixels.size(); i += 4)
    if (rgba.pixels[i] != 255) return true;
  return false;
}

void say(std::string words, Ui& ui) {
  ui.files.said = std::move(words);
  ui.files.said_since = ImGui::GetTime();
}

// The name, where a folder can be called so.
std::string name_for_folder(const std::string& name, const std::string& otherwise) {
  const bool can = !name.empty() && name.front() != '.' && name.find('/') == name.npos;
  return can ? name : otherwise;
}

fs::path folder_at_hand(const Ui& ui) {
  return ui.files.folder.empty() ? usual_folder() : fs::path(ui.files.folder);
}

// Each takes in one answer.
struct Taken {
  View& view;
  Ui& ui;
  Commands& out;

  void note(const std::string& words) const {
    add_log_line(words, LogLevel::kNote, view);
    say(words, ui);
  }
  void warn(const std::string& words) const { add_log_line(words, LogLevel::kWarning, view); }

  void operator()(FileSaved saved) const {
    note("Saved " + saved.path.string());
    if (!saved.note.empty()) warn(saved.note);
  }
  void operator()(RecipeSaved saved) const {
    note("Saved " + saved.recipe.file.string());
    ui.train.recipe = saved.recipe.recipe;
    add_recipe(std::move(saved.recipe), view.recipes);
  }
  void operator()(FolderListed listed) const {
    ui.files.chooser.moved_to = listed.folder.string();
    ui.files.chooser.listed = std::move(listed);
  }
  void operator()(PictureFound found) const {
    for (const std::string& odd : found.notes) warn(odd);
    if (found.recipe) {
      if (!ui.files.redraw) ui.files.redraw = begin_redraw(std::move(found), view, out);
      return;
    }
    const ModelOpened* model = find_model(view, ui.model);
    PictureInHand picture;
    picture.found = std::move(found);
    picture.is_transparent = has_transparency(picture.found.file.pixels);
    picture.fit.background = usual_background(model ? model->channels : 1);
    ui.files.picture = std::move(picture);
  }
  void operator()(const ModelFound& found) const { out.push_back(OpenModel{found.folder}); }
  void operator()(const RunFoundAt& found) const {
    ui.workspace = "runs";
    out.push_back(OpenModel{found.folder});
  }
  void operator()(const DataFound& found) const {
    out.push_back(OpenData{{.place = found.folder.string(), .by_hand = true}});
  }
  void operator()(const SessionFoundAt& found) const {
    try {
      Saved session = read_saved(found.path);
      use_enclosed(found.models, view, session);
      bring_back(std::move(session), view, ui, out);
      ui.workspace = kWorkspaces.front().id;
      note("Opened " + found.path.string());
    } catch (const Error& e) {
      (*this)(FileTrouble{e.what()});
    }
  }
  void operator()(const FileTrouble& trouble) const {
    add_log_line(trouble.message, LogLevel::kError, view);
  }
};

void paste(Ui& ui) {
  const char* text = ImGui::GetClipboardText();
  if (text && *text) open_place(text, ui);
}

}  // namespace

void open_place(std::string place, Ui& ui) {
  ui.files.tasks.push_back(LookAtFile{std::move(place)});
}

void take_answer(FileAnswer answer, View& view, Ui& ui, Commands& out) {
  std::visit([&](auto& what) { Taken{view, ui, out}(std::move(what)); }, answer);
}

void keep_files_going(const View& view, Ui& ui, Commands& out) {
  FilesUi& files = ui.files;
  std::string said;
  if (files.redraw && go_on(*files.redraw, view, ui, out, said)) {
    files.redraw.reset();
    ui.workspace = kWorkspaces.front().id;
    say(said, ui);
  }
}

void save_now(SaveKind kind, const View& view, Ui& ui) {
  auto content = content_of(kind, view, ui);
  if (!content) return say("There is no picture to save yet.", ui);
  ui.files.tasks.push_back(
      SaveFile{folder_at_hand(ui) / file_name_of(kind, view, ui), std::move(*content)});
}

void keep_to_learn_from(const View& view, Ui& ui) {
  const Branch* branch = find_branch(view, ui.playhead.branch);
  auto content = content_of(SaveKind::kPicture, view, ui);
  if (!branch || !content) return say("There is no picture to keep yet.", ui);
  const ModelOpened* model = find_model(view, branch->start.model);
  const Condition condition = condition_at(*branch, ui.playhead.picture);
  if (!model || !condition.label)
    return say("What is learned from is of a class, and this picture was asked to be of none.", ui);
  const fs::path folder = examples_folder() / name_for_folder(model->data, "pictures");
  ui.train.data.more = folder.string();
  const std::string number = text_of(*condition.label);
  const std::size_t label = std::size_t(*condition.label);
  const bool named = label < model->class_names.size();
  ui.files.tasks.push_back(
      SaveFile{folder / (named ? name_for_folder(model->class_names[label], number) : number) /
                   file_name_of(SaveKind::kPicture, view, ui),
               std::move(*content)});
}

void begin_choosing(bool saves, SaveKind kind, const View& view, Ui& ui) {
  ChooserUi& chooser = ui.files.chooser;
  chooser = {};
  chooser.open = true;
  chooser.saves = saves;
  chooser.kind = kind;
  chooser.name = file_name_of(kind, view, ui);
  ui.files.tasks.push_back(ListFolder{folder_at_hand(ui)});
}

void file_keys(const View& view, Ui& ui) {
  const bool shift = ImGui::GetIO().KeyShift;
  if (key_pressed(Key('S'))) {
    if (shift)
      begin_choosing(true, SaveKind::kPicture, view, ui);
    else
      save_now(SaveKind::kPicture, view, ui);
  }
  if (key_pressed(Key('O'))) begin_choosing(false, SaveKind::kPicture, view, ui);
  if (key_pressed(Key('E'))) ImGui::OpenPopup(kSaveMenu);
  if (key_pressed(Key('V'))) paste(ui);
}

void save_entries(const View& view, Ui& ui) {
  for (const SaveKindInfo& each : kSaveKinds) {
    const bool first = each.kind == SaveKind::kPicture;
    if (ImGui::MenuItem(each.label, first ? "Ctrl+S" : nullptr)) save_now(each.kind, view, ui);
    tooltip(each.help);
  }
  ImGui::Separator();
  if (ImGui::MenuItem("Keep to learn from")) keep_to_learn_from(view, ui);
  tooltip(
      "Puts it with the pictures that Train learns from beside its data set: drawn by hand, "
      "repaired, or liked.");
  ImGui::Separator();
  if (ImGui::MenuItem("As ...", "Ctrl+Shift+S")) begin_choosing(true, SaveKind::kPicture, view, ui);
  if (ImGui::MenuItem("Open ...", "Ctrl+O")) begin_choosing(false, SaveKind::kPicture, view, ui);
}

void save_menu(const View& view, Ui& ui) {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({size.x / 2, size.y / 2}, ImGuiCond_Appearing, {0.5f, 0.5f});
  if (!ImGui::BeginPopup(kSaveMenu)) return;
  // A menu is as wide as its entries: wrapped words would make it tall before it is.
  text(shortened(text_of("Save into ", folder_at_hand(ui).string()), px(400), true), colors.dim,
       Font::kCaption);
  save_entries(view, ui);
  ImGui::EndPopup();
}

}  // namespace stepwise::app
