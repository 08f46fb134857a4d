#include "panels/models.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "panels/combine.h"
#include "panels/panels.h"
#include "widgets/controls.h"

namespace stepwise::app {
namespace {

std::string parameters_in_words(std::int64_t n) {
  return n >= 1000000 ? fmt::format("{:.1f} M", double(n) / 1e6)
                      : fmt::format("{:.0f} k", double(n) / 1e3);
}

// Of the model in training.
void keep_button(const View& view, const ModelOpened& model, float width, Commands& out) {
  if (plain_button("+", width))
    out.push_back(Snapshot{model.id, text_of(model.name, ", step ", view.training.progress.step)});
  tooltip("Keeps it as it is now, as a model of its own that training leaves alone.");
}

constexpr float kListed = 280;  // Points that a name in the list has.

// A model that a press opens; the window uses it once it has come.
void closed_model(const std::filesystem::path& folder, Commands& out) {
  const std::string label =
      text_of(shortened(name_of_folder(folder), px(kListed)), "##", folder.string());
  ImGui::AlignTextToFramePadding();
  if (ImGui::Selectable(label.c_str(), false, 0, {px(kListed), 0}))
    out.push_back(OpenModel{folder});
  tooltip(folder.string().c_str(), "Press to open it");
}

void closed_models(const View& view, const ModelsUi& ui, Commands& out) {
  if (!ui.shipped.empty() && !find_model_in(view, ui.shipped)) {
    caption("Shipped with Stepwise");
    closed_model(ui.shipped, out);
  }
  bool first = true;
  for (const std::string& folder : ui.recent) {
    if (find_model_in(view, folder)) continue;
    if (std::exchange(first, false)) caption("Opened before");
    closed_model(folder, out);
  }
}

// Whether it is there, or on its way.
bool has_teacher(const View& view, Teacher kind) {
  return std::ranges::any_of(view.origins, [&](const auto& each) {
    const auto& [id, origin] = each;
    return origin.teacher == kind && (find_model(view, id) || view.jobs.contains(id));
  });
}

// Those that a press makes.
void teachers(const View& view, Commands& out) {
  if (!view.data) return;
  caption(text_of("Without training, of ", view.data->name));
  for (const TeacherName& teacher : kTeachers) {
    if (has_teacher(view, teacher.kind)) continue;
    ImGui::AlignTextToFramePadding();
    if (ImGui::Selectable(teacher.label.data(), false, 0, {px(kListed), 0}))
      out.push_back(OpenTeacher{teacher.kind});
    tooltip(text_of(teacher.help, "\n", teacher.paper).c_str(), "Press to make it");
  }
}

}  // namespace

void remember_model(const ModelOpened& model, ModelsUi& ui) {
  if (model.live || model.folder.empty()) return;
  const std::filesystem::path folder = plain_folder(model.folder);
  if (folder == plain_folder(ui.shipped)) return;
  std::erase_if(ui.recent, [&](const std::string& old) { return plain_folder(old) == folder; });
  ui.recent.insert(ui.recent.begin(), folder.string());
  if (ui.recent.size() > kMostRecent) ui.recent.resize(kMostRecent);
}

std::string name_of_folder(const std::filesystem::path& folder) {
  const std::filesystem::path name = plain_folder(folder).filename();
  return name.empty() ? folder.string() : name.string();
}

std::string words_for_model(const ModelOpened& model) {
  if (model.parameters == 0)
    return text_of(model.name, "\nmade of the pictures, without training, ", model.height, " x ",
                   model.width, " pixels");
  return text_of(model.name, "\n", model.folder.string(), "\n",
                 parameters_in_words(model.parameters), " parameters, ", model.height, " x ",
                 model.width, " pixels",
                 model.has_few_steps ? "\npreviews edits with few-step weights of its own" : "");
}

void models_menu(const View& view, Ui& ui, Commands& out, ImVec2 at) {
  ImGui::SetNextWindowPos(at);
  if (!ImGui::BeginPopup(kModelsMenu)) return;
  const float close = ImGui::GetFrameHeight();
  for (const ModelOpened& model : view.models) {
    const std::string name =
        shortened(model.live ? text_of(model.name, ", ", kNewestOfRun) : model.name, px(kListed));
    ImGui::AlignTextToFramePadding();
    if (ImGui::Selectable(text_of(name, "##", model.id).c_str(), model.id == ui.model, 0,
                          {px(kListed), 0}))
      adopt_model(model, ui);
    tooltip(words_for_model(model).c_str());
    ImGui::SameLine(0, px(8));
    if (model.live) {
      keep_button(view, model, close, out);
      continue;
    }
    if (plain_button(text_of("×##", model.id).c_str(), close)) out.push_back(CloseModel{model.id});
    tooltip("Closes it. Branches that it began go on with it.");
  }
  closed_models(view, ui.models, out);
  teachers(view, out);
  caption("Runs (F4) opens others.");
  combine_form(view, ui, out);
  ImGui::EndPopup();
}

void model_chip(const View& view, Ui& ui, Commands& out) {
  const ModelOpened* model = find_model(view, ui.model);
  if (!model) return;
  const float room = ImGui::GetContentRegionAvail().x - 2 * ImGui::GetStyle().FramePadding.x;
  const std::string name = model->live ? kNewestOfRun : model->name;
  if (plain_button(text_of(shortened(name, room), "##model").c_str(), -1))
    ImGui::OpenPopup(kModelsMenu);
  tooltip(words_for_model(*model).c_str(), "Press to choose another");
  models_menu(view, ui, out, {ImGui::GetItemRectMax().x + px(8), ImGui::GetItemRectMin().y});
}

}  // namespace stepwise::app
