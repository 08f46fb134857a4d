#include <imgui.h>
#include <imgui_stdlib.h>

#include <algorithm>
#include <cmath>

#include "panels/evaluation_words.h"
#include "panels/job_bar.h"
#include "panels/runs_parts.h"
#include "panels/terms.h"
#include "widgets/form.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

void open_model(const View& view, const ModelOpened* model, RunsUi& ui, Commands& out) {
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
    ui.opening = out.emplace_back(OpenModel{ui.folder}).id;
  failure_caption(view, ui.opening);
}

void report(const Evaluated& e) {
  const Evaluation& f = e.figures;
  text(distance_words(f), colors.text, Font::kBody, true);
  for (const std::string& words : {agreement_words(f), nearest_words(f)})
    if (!words.empty()) caption(words);
  value_row("Pictures", format_count(f.count),
            "How many were drawn and measured, n. Figures for different n do not compare.");
  value_row("Distance", format_number(f.distance), help_of("FD").c_str());
  if (std::isfinite(f.standard_error))
    value_row("  ±", format_number(f.standard_error, 2),
              "Its standard error: how far off other samples of the model would be, judged by "
              "leaving out a tenth of these in turn.");
  value_row("Floor", format_number(f.floor),
            "The same distance for as many real pictures: no model can be expected to get below.");
  value_row("Excess", format_number(f.distance - f.floor),
            "Distance minus floor: what is the model's own doing.");
  value_row("Noise level", "σ " + format_number(f.noise_equivalent_level, 2),
            help_of("σ",
                    "Real pictures with noise of this level on them are as far away as the "
                    "samples: the noise-equivalent level.")
                .c_str());
  value_row("Agreement", format_percent(f.agreement),
            "Share of samples that the classifier takes for the class asked for.");
  value_row("  of real", format_percent(f.real_agreement),
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
    job_bar(job->second);
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
  failure_caption(view, ui.runs.evaluation);
  if (view.evaluated)
    report(*view.evaluated);
  else
    caption("Draws many pictures and says how far they are from real ones.");
}

// At the right edge, on the line of what stands before it.
bool button_at_the_right(const char* label, bool enabled = true) {
  const float width = ImGui::CalcTextSize(label).x + 2 * ImGui::GetStyle().FramePadding.x;
  ImGui::SameLine(ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x - width);
  return plain_button(label, width, enabled);
}

// Beside the title where there is room for it, else below; the way back from the trash comes after.
void search_field(RunsUi& ui) {
  constexpr float kWidth = 180, kLeastRoom = 460, kAfter = 100;  // Points.
  const float room = ImGui::GetContentRegionAvail().x;
  if (room >= px(kLeastRoom)) ImGui::SameLine(0, px(20));
  ImGui::SetNextItemWidth(std::min(px(kWidth), room - px(kAfter)));
  ImGui::InputTextWithHint("##search", "search", &ui.search);
  tooltip("Lists the runs that have all of these words in their name, recipe or data set.");
}

// The run that was discarded last, where it lies now, and the way back from there.
void discarded_last(const View& view, RunsUi& ui, Commands& out) {
  const RunDiscarded& run = view.in_trash.back();
  const ImGuiStyle& style = ImGui::GetStyle();
  const float from = ImGui::GetItemRectMax().x + px(24);
  const bool pressed = button_at_the_right("Take back", !view.jobs.contains(ui.taking_back));
  const std::string where =
      text_of(run.folder.string(), "\nlies in the trash of the desktop:\n", run.place.string());
  tooltip(where.c_str());
  const ImVec2 button = ImGui::GetItemRectMin();
  const float room = button.x - style.ItemSpacing.x - from;
  const std::string words = shortened(run.folder.filename().string() + " is in the trash", room);
  const float at = button.x - style.ItemSpacing.x - ImGui::CalcTextSize(words.c_str()).x;
  const ImVec2 place{at, button.y + style.FramePadding.y};
  if (room > px(60))
    draw_text(*ImGui::GetWindowDrawList(), place, Font::kBody, colors.dim, words.c_str());
  if (pressed) ui.taking_back = out.emplace_back(TakeBackRun{run.place}).id;
}

// What is on screen; at the right the way back from a comparison, or from the trash.
void title_row(const View& view, std::size_t chosen, RunsUi& ui, Commands& out) {
  ImGui::AlignTextToFramePadding();
  if (!ui.comparing) {
    text("Training runs", colors.text, Font::kTitle);
    if (!view.runs.empty()) search_field(ui);
    if (!view.in_trash.empty()) discarded_last(view, ui, out);
    return;
  }
  text(text_of(chosen, " runs compared"), colors.text, Font::kTitle);
  if (button_at_the_right("All runs")) ui.comparing = false;
  tooltip("Back to the list.", "Esc");
}

// Where a first one comes from.
void no_runs(Ui& ui) {
  caption("Runs appear here as they are trained; each is a model folder.");
  if (plain_button("Train one")) ui.workspace = "train";
  tooltip("A first model takes two minutes.", "F2");
}

}  // namespace

void runs_panel(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  RunsUi& runs = ui.runs;
  const RunList chosen = chosen_runs(view, runs);
  runs.comparing = runs.comparing && may_compare(chosen);
  title_row(view, chosen.size(), runs, out);
  if (view.runs.empty()) return no_runs(ui);
  run_buttons(view, runs, out);
  run_keys(view, runs, out);
  if (runs.comparing)
    run_comparison(view, runs, pictures);
  else
    run_table(view, runs, pictures, out);
}

void model_panel(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  open_model(view, find_model(view, ui.model), ui.runs, out);
  evaluation(view, ui, out);
  caption_review(view, ui, pictures, out);
}

}  // namespace stepwise::app
