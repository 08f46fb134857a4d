#include <algorithm>
#include <cmath>

#include "panels/panels.h"
#include "widgets/form.h"
#include "widgets/ticks.h"

namespace stepwise {
namespace {

std::string percent(double share) { return format_number(100 * share, 3) + " %"; }

// The name of a folder, also where its path ends in a slash.
std::string name_of(const std::filesystem::path& folder) {
  const auto name = folder.filename().empty() ? folder.parent_path().filename() : folder.filename();
  return name.empty() ? folder.string() : name.string();
}

void open_model(const View& view, RunsUi& ui, Commands& out) {
  heading("Model");
  if (view.model) {
    value_row("Name", view.model->name,
              "The model that samples are drawn from, unless one in training answers.");
    value_row("Size", format_number(double(view.model->parameters)) + " parameters",
              "Numbers it has learned.");
    caption(view.model->folder.string());
  }
  const bool entered =
      text_row("Folder", ui.folder, "path of a model folder",
               "A folder in the format of diffusers (model_index.json and unet/), written by "
               "Stepwise or by others.");
  if ((plain_button("Open folder", -1, !ui.folder.empty()) || entered) && !ui.folder.empty())
    out.push_back(OpenModel{ui.folder});
}

std::string state_of(const View& view, const Run& run) {
  const auto& training = view.training;
  if (training.running && training.started && training.started->folder == run.folder)
    return "in training";
  return run.finished ? "finished" : "can go on";
}

void run_table(const View& view, RunsUi& ui) {
  if (!ImGui::BeginTable("runs", 4, ImGuiTableFlags_RowBg | ImGuiTableFlags_SizingStretchProp))
    return;
  ImGui::TableSetupColumn("Run", 0, 3);
  ImGui::TableSetupColumn("Recipe", 0, 2);
  ImGui::TableSetupColumn("Steps", 0, 1.5f);
  ImGui::TableSetupColumn("State", 0, 2);
  ImGui::PushFont(font(Font::kCaption));
  ImGui::TableHeadersRow();
  for (const Run& run : view.runs) {
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    const std::string id = name_of(run.folder) + "##" + run.folder.string();
    if (ImGui::Selectable(id.c_str(), ui.chosen == run.folder, ImGuiSelectableFlags_SpanAllColumns))
      ui.chosen = run.folder;
    tooltip(run.folder.string().c_str());
    ImGui::TableNextColumn();
    ImGui::TextUnformatted(run.recipe.c_str());
    ImGui::TableNextColumn();
    const std::string steps = format_count(run.step);
    const float free = ImGui::GetContentRegionAvail().x - ImGui::CalcTextSize(steps.c_str()).x;
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.f, free));
    ImGui::TextUnformatted(steps.c_str());
    ImGui::TableNextColumn();
    ImGui::TextUnformatted(state_of(view, run).c_str());
  }
  ImGui::PopFont();
  ImGui::EndTable();
}

void runs(const View& view, RunsUi& ui, Commands& out) {
  heading("Training runs");
  if (view.runs.empty())
    return caption("Runs appear here as they are trained; each is a model folder.");
  run_table(view, ui);
  const auto chosen = std::ranges::find(view.runs, ui.chosen, &Run::folder);
  const bool any = chosen != view.runs.end() && chosen->step > 0;
  const float gap = ImGui::GetStyle().ItemSpacing.x;
  const float all = ImGui::GetContentRegionAvail().x, half = std::floor((all - gap) / 2);
  if (plain_button("Open run", half, any)) out.push_back(OpenModel{chosen->folder});
  tooltip("Makes its last checkpoint the model that samples are drawn from.");
  ImGui::SameLine(0, gap);
  if (plain_button("Train on", all - half - gap,
                   any && !chosen->finished && !view.training.running)) {
    Train train;
    train.resume = chosen->folder;
    out.push_back(std::move(train));
  }
  tooltip("Goes on where it was saved, as if it had never stopped.");
}

void report(const Evaluated& e) {
  value_row("Pictures", format_count(e.count),
            "How many were drawn and measured, n. Figures for different n do not compare.");
  value_row(
      "Distance", format_number(e.distance),
      "Frechet distance of the features of samples and real pictures, FD. Smaller is better.");
  value_row("Floor", format_number(e.floor),
            "The same distance for as many real pictures: no model can be expected to get below.");
  value_row("Excess", format_number(e.distance - e.floor),
            "Distance minus floor: what is the model's own doing.");
  value_row("Noise level", "σ " + format_number(e.noise_equivalent_level, 2),
            "Noise-equivalent level: real pictures with noise of this σ on them are as far "
            "away as the samples.");
  value_row("Agreement", percent(e.agreement),
            "Share of samples that the classifier takes for the class asked for.");
  value_row("  of real", percent(e.real_agreement),
            "The same for real test pictures. Samples far above it lack variety.");
  value_row("Nearest", format_number(e.nearest),
            "Mean distance (RMS) to the nearest training picture.");
  value_row("  of real", format_number(e.real_nearest),
            "The same for real test pictures. Samples far below it are copies.");
  value_row("Cost", text_of(e.evaluations_per_picture, " evaluations"),
            "Network evaluations per picture.");
  value_row("Took", format_duration(e.seconds), "For drawing and measuring.");
  caption(text_of("Measured against ", e.reference, " pictures by classifier ",
                  e.classifier.substr(0, 12), "."));
}

void evaluation(const View& view, Ui& ui, Commands& out) {
  heading("How good is it");
  if (view.evaluating) {
    progress_bar(float(view.evaluating->fraction), view.evaluating->stage.c_str(),
                 percent(std::floor(100 * view.evaluating->fraction) / 100).c_str());
    if (plain_button("Stop measuring", -1)) out.push_back(StopEvaluating{});
    return;
  }
  count_row(
      "Draw", ui.runs.measured, kMeasured, "%d pictures",
      "How many pictures are drawn to be measured, n. More give steadier figures and take longer.");
  SampleSettings settings = ui.sample;
  settings.count = ui.runs.measured;
  settings.label = view.model && view.model->class_names.empty() ? kNoClass : kAllClasses;
  if (primary_button("Evaluate", -1, view.model.has_value())) out.push_back(Evaluate{settings});
  tooltip(
      "Draws with the settings of the tab Sample, all classes in turn, and compares with real "
      "pictures.");
  if (view.evaluated)
    report(*view.evaluated);
  else
    caption("Draws many pictures and says how far they are from real ones.");
}

}  // namespace

void runs_panel(const View& view, Ui& ui, Commands& out) {
  open_model(view, ui.runs, out);
  runs(view, ui.runs, out);
  evaluation(view, ui, out);
}

}  // namespace stepwise
