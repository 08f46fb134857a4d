#include <algorithm>
#include <cmath>
#include <ctime>

#include "panels/panels.h"
#include "widgets/form.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

std::string percent(double share) { return format_number(100 * share, 3) + " %"; }

// The name of a folder, also where its path ends in a slash.
std::string name_of(const std::filesystem::path& folder) {
  const auto name = folder.filename().empty() ? folder.parent_path().filename() : folder.filename();
  return name.empty() ? folder.string() : name.string();
}

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

std::string state_of(const View& view, const RunSummary& run) {
  const auto& training = view.training;
  if (training.running && training.started && training.started->folder == run.folder)
    return "in training";
  if (!run.damage.empty()) return "damaged";
  return run.finished ? "finished" : "can go on";
}

std::string words_for(const Budget& budget) {
  const std::string minutes = format_number(budget.minutes) + " min";
  const std::string steps = format_count(budget.steps) + " steps";
  if (budget.minutes > 0 && budget.steps > 0) return minutes + ", " + steps;
  return budget.minutes > 0 ? minutes : steps;
}

// In the user's own time.
std::string date_of(std::int64_t seconds) {
  if (seconds <= 0) return "";
  const std::time_t time = seconds;
  std::tm parts{};
  char words[32] = "";
  if (localtime_r(&time, &parts)) std::strftime(words, sizeof words, "%d %b %H:%M", &parts);
  return words;
}

// What a run that is finished can be given: what its recipe asks for once more.
Budget once_more(const RunSummary& run) {
  for (const Recipe& recipe : recipes())
    if (recipe.name == run.recipe && run.budget.minutes > 0) return recipe.budget;
  return run.budget;
}

// "quick · 12 of 20 steps · 0.83 · 28 Nov 02:16": as much of it as is known.
std::string details_of(const RunSummary& run) {
  if (!run.damage.empty()) return date_of(run.saved);
  std::string words = run.recipe + " · ";
  words += run.budget.minutes > 0
               ? text_of(format_count(run.step), " steps of ", words_for(run.budget))
               : text_of(format_count(run.step), " of ", words_for(run.budget));
  if (std::isfinite(run.score)) words += " · " + format_number(run.score, 3);
  return words + " · " + date_of(run.saved);
}

void run_list(const View& view, RunsUi& ui) {
  ImGui::PushFont(font(Font::kCaption));
  for (const RunSummary& run : view.runs) {
    const std::string folder = run.folder.string();
    const std::string label = text_of(name_of(run.folder), ", ", state_of(view, run), "\n",
                                      details_of(run), "##", folder);
    if (ImGui::Selectable(label.c_str(), ui.chosen == run.folder)) ui.chosen = run.folder;
    tooltip(text_of(folder, "\n",
                    run.damage.empty() ? "Recipe, steps and budget, held-out loss, "
                                         "when it was saved. Trained on " +
                                             run.data
                                       : run.damage)
                .c_str());
  }
  ImGui::PopFont();
}

// Goes on with the run; one that is finished gets more to spend.
void train_on_button(const View& view, const RunSummary* run, float width, Commands& out) {
  const bool finished = run && run->finished;
  const Budget more = finished ? once_more(*run) : Budget{};
  const std::string label = finished ? "Train " + words_for(more) + " more" : "Train on";
  const bool can = run && run->damage.empty() && !view.training.running;
  if (plain_button(label.c_str(), width, can)) {
    Train train;
    train.data.place.clear();  // Where the run found them.
    train.resume = run->folder;
    train.more = more;
    out.push_back(std::move(train));
  }
  tooltip(finished ? "Adds to its budget. The learning rate rises again, as if the run had been "
                     "planned so long, and falls to zero at the new end."
                   : "Goes on where it was saved, as if it had never stopped.");
}

void runs(const View& view, RunsUi& ui, Commands& out) {
  heading("Training runs");
  if (view.runs.empty())
    return caption("Runs appear here as they are trained; each is a model folder.");
  run_list(view, ui);
  const auto chosen = std::ranges::find(view.runs, ui.chosen, &RunSummary::folder);
  const RunSummary* run = chosen == view.runs.end() ? nullptr : &*chosen;
  if (run && !run->damage.empty()) caption(run->damage, color::kWarning);
  const float gap = ImGui::GetStyle().ItemSpacing.x;
  const float all = ImGui::GetContentRegionAvail().x, half = std::floor((all - gap) / 2);
  if (plain_button("Open run", half, run)) out.push_back(OpenModel{run->folder});
  tooltip("Makes its last checkpoint the model that samples are drawn from.");
  ImGui::SameLine(0, gap);
  train_on_button(view, run, all - half - gap, out);
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
  count_row(
      "Draw", ui.runs.measured, kMeasured, "%d pictures",
      "How many pictures are drawn to be measured, n. More give steadier figures and take longer.");
  SampleSettings settings = ui.sample;
  settings.count = ui.runs.measured;
  if (primary_button("Evaluate", -1, find_model(view, ui.model) != nullptr)) {
    out.push_back(Evaluate{ui.model, settings});
    ui.runs.evaluation = out.back().id;
  }
  tooltip(
      "Draws with the settings of the tab Sample, all classes in turn, and compares with real "
      "pictures.");
  if (view.evaluated)
    report(*view.evaluated);
  else
    caption("Draws many pictures and says how far they are from real ones.");
}

}  // namespace

void runs_panel(const View& view, Ui& ui, PictureRenderer&, Commands& out) {
  open_model(find_model(view, ui.model), ui.runs, out);
  runs(view, ui.runs, out);
  evaluation(view, ui, out);
}

}  // namespace stepwise::app
