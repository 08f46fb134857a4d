#include <algorithm>
#include <cmath>

#include "panels/runs_parts.h"
#include "widgets/form.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

std::string percent(double share) { return format_number(100 * share, 3) + " %"; }

void open_model(const ModelOpened* model, RunsUi& ui, Commands& out) {
  heading("Model");
  if (model) {
    value_row("Name", model->name, "The model that pictures are drawn with next.");
    value_row("Size", format_number(double(model->parameters)) + " parameters",
              "Numbers it has learned.");
    caption(model->folder.string());
  }
  const bool entered =
      text_row("Folder", ui.folder, "path of a model folder",
               "A folder in the format of diffusers (model_index.json and unet/), written by "
               "Stepwise or by others.");
  if ((plain_button("Open folder", -1, !ui.folder.empty()) || entered) && !ui.folder.empty())
    out.push_back(OpenModel{ui.folder});
}

void report(const Evaluated& e) {
  const Evaluation& f = e.figures;
  value_row("Pictures", format_count(f.count),
            "How many were drawn and measured, n. Figures for different n do not compare.");
  value_row(
      "Distance", format_number(f.distance),
      "Frechet distance of the features of samples and real pictures, FD. Smaller is better.");
  value_row("Floor", format_number(f.floor),
            "The same distance for as many real pictures: no model can be expected to get below.");
  value_row("Excess", format_number(f.distance - f.floor),
            "Distance minus floor: what is the model's own doing.");
  value_row("Noise level", "σ " + format_number(f.noise_equivalent_level, 2),
            "Noise-equivalent level: real pictures with noise of this σ on them are as far "
            "away as the samples.");
  value_row("Agreement", percent(f.agreement),
            "Share of samples that the classifier takes for the class asked for.");
  value_row("  of real", percent(f.real_agreement),
            "The same for real test pictures. Samples far above it lack variety.");
  value_row("Nearest", format_number(f.nearest),
            "Mean distance (RMS) to the nearest training picture.");
  value_row("  of real", format_number(f.real_nearest),
            "The same for real test pictures. Samples far below it are copies.");
  value_row("Cost", text_of(e.evaluations_per_picture, " evaluations"),
            "Network evaluations per picture.");
  value_row("Took", format_duration(e.seconds), "For drawing and measuring.");
  caption(text_of("Of ", e.model, ", measured against the ", f.reference, " pictures of ",
                  words_for(e.data), " in ", place_of(e.data), ", by classifier ",
                  f.classifier.substr(0, 12), "."));
}

void evaluation(const View& view, Ui& ui, Commands& out) {
  heading("How good is it");
  if (const auto job = view.jobs.find(ui.runs.evaluation); job != view.jobs.end()) {
    const Progress& at = job->second;
    progress_bar(float(at.fraction), at.words.c_str(),
                 percent(std::floor(100 * at.fraction) / 100).c_str());
    if (plain_button("Stop measuring", -1)) out.push_back(Cancel{job->first});
    return;
  }
  slider_row(
      "Draw", ui.runs.measured, kMeasured, "%d pictures",
      "How many pictures are drawn to be measured, n. More give steadier figures and take longer.",
      true, kUnitWidth);
  SampleSettings settings = ui.sample;
  settings.count = ui.runs.measured;
  if (primary_button("Evaluate", -1, find_model(view, ui.model) != nullptr)) {
    out.push_back(Evaluate{ui.model, settings});
    ui.runs.evaluation = out.back().id;
  }
  tooltip(
      "Draws with the settings in Paint, all classes in turn, and compares with real "
      "pictures.");
  if (view.evaluated)
    report(*view.evaluated);
  else
    caption("Draws many pictures and says how far they are from real ones.");
}

// What is on screen, and the way back from a comparison at the right.
void title_row(std::size_t chosen, RunsUi& ui) {
  ImGui::AlignTextToFramePadding();
  if (!ui.comparing) return text("Training runs", colors.text, Font::kTitle);
  text(text_of(chosen, " runs compared"), colors.text, Font::kTitle);
  const char* back = "All runs";
  const float width = ImGui::CalcTextSize(back).x + 2 * ImGui::GetStyle().FramePadding.x;
  ImGui::SameLine(ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x - width);
  if (plain_button(back, width)) ui.comparing = false;
  tooltip("Back to the list.", "Esc");
}

}  // namespace

void runs_panel(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  RunsUi& runs = ui.runs;
  const RunList chosen = chosen_runs(view, runs);
  runs.comparing = runs.comparing && may_compare(chosen);
  title_row(chosen.size(), runs);
  if (view.runs.empty())
    return caption("Runs appear here as they are trained; each is a model folder.");
  run_buttons(view, runs, out);
  run_keys(view, runs, out);
  if (runs.comparing)
    run_comparison(view, runs, pictures);
  else
    run_table(view, runs, pictures, out);
}

void model_panel(const View& view, Ui& ui, PictureRenderer&, Commands& out) {
  open_model(find_model(view, ui.model), ui.runs, out);
  evaluation(view, ui, out);
}

}  // namespace stepwise::app
