#include <fmt/chrono.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>
#include <span>
#include <vector>

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

constexpr std::int64_t kLatest = 253402300799;  // The end of the year 9999.

// In the user's own time.
std::string date_of(std::int64_t seconds) {
  if (seconds <= 0) return "";
  const std::time_t time = std::min(seconds, kLatest);
  return fmt::format("{:%d %b %H:%M}", fmt::localtime(time));
}

// What a run that is finished can be given: what its recipe asks for once more.
Budget once_more(const RunSummary& run) {
  for (const Recipe& recipe : recipes())
    if (recipe.name == run.recipe && run.budget.minutes > 0) return recipe.budget;
  return run.budget;
}

// "500 of 7 min" or "12 of 20": how far it is of what it may take.
std::string steps_of(const RunSummary& run) {
  if (!run.damage.empty()) return "";
  return run.budget.minutes > 0
             ? text_of(format_count(run.step), " in ", words_for(run.budget))
             : text_of(format_count(run.step), " of ", format_count(run.budget.steps));
}

struct RunColumn {
  const char* label;
  float width;  // Points; 0: what is left.
  float from;   // Points of the whole table from which on it has room.
  std::string (*words)(const View& view, const RunSummary& run);
};
constexpr std::array kRunColumns = {
    RunColumn{"Name", 0, 0, [](const View&, const RunSummary& run) { return name_of(run.folder); }},
    RunColumn{"State", 84, 340, state_of},
    RunColumn{"Recipe", 80, 520, [](const View&, const RunSummary& run) { return run.recipe; }},
    RunColumn{"Steps", 128, 440, [](const View&, const RunSummary& run) { return steps_of(run); }},
    RunColumn{"Score", 60, 580,
              [](const View&, const RunSummary& run) {
                return std::isfinite(run.score) ? format_number(run.score, 3) : std::string();
              }},
    RunColumn{"Saved", 100, 260,
              [](const View&, const RunSummary& run) { return date_of(run.saved); }},
};

void run_row(const View& view, const RunSummary& run, std::span<const RunColumn* const> columns,
             RunsUi& ui) {
  ImGui::TableNextRow();
  ImGui::PushID(run.folder.string().c_str());
  for (const RunColumn* column : columns) {
    ImGui::TableNextColumn();
    const std::string words = column->words(view, run);
    const bool dim = column->width > 0 && ui.chosen != run.folder;
    text(shortened(words, ImGui::GetContentRegionAvail().x, true), dim ? colors.dim : colors.text);
    if (column != columns.front()) continue;
    ImGui::SameLine(0, 0);
    if (ImGui::Selectable("##run", ui.chosen == run.folder, ImGuiSelectableFlags_SpanAllColumns))
      ui.chosen = run.folder;
    const std::string more = run.damage.empty() ? "Trained on " + run.data : run.damage;
    tooltip(text_of(run.folder.string(), "\n", more).c_str());
  }
  ImGui::PopID();
}

void run_table(const View& view, RunsUi& ui) {
  const float width = ImGui::GetContentRegionAvail().x;
  std::vector<const RunColumn*> columns;
  for (const RunColumn& column : kRunColumns)
    if (width >= px(column.from)) columns.push_back(&column);
  if (!ImGui::BeginTable("runs", int(columns.size()), ImGuiTableFlags_BordersInnerH)) return;
  for (const RunColumn* column : columns)
    ImGui::TableSetupColumn(
        column->label,
        column->width > 0 ? ImGuiTableColumnFlags_WidthFixed : ImGuiTableColumnFlags_WidthStretch,
        px(column->width));
  ImGui::TableNextRow();
  for (const RunColumn* column : columns) {
    ImGui::TableNextColumn();
    text(column->label, colors.dim, Font::kCaption);
  }
  for (const RunSummary& run : view.runs) run_row(view, run, columns, ui);
  ImGui::EndTable();
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

constexpr float kRunButton = 168;  // Points.

void run_buttons(const View& view, const RunsUi& ui, Commands& out) {
  const auto chosen = std::ranges::find(view.runs, ui.chosen, &RunSummary::folder);
  const RunSummary* run = chosen == view.runs.end() ? nullptr : &*chosen;
  if (run && !run->damage.empty()) caption(run->damage, colors.warning);
  const float gap = ImGui::GetStyle().ItemSpacing.x;
  const float half = std::floor((ImGui::GetContentRegionAvail().x - gap) / 2);
  const float width = std::min(half, px(kRunButton));
  if (plain_button("Open run", width, run)) out.push_back(OpenModel{run->folder});
  tooltip("Makes its last checkpoint the model that samples are drawn from.");
  ImGui::SameLine(0, gap);
  train_on_button(view, run, width, out);
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
  failure_caption(view, ui.runs.evaluation);
  if (view.evaluated)
    report(*view.evaluated);
  else
    caption("Draws many pictures and says how far they are from real ones.");
}

}  // namespace

void runs_panel(const View& view, Ui& ui, PictureRenderer&, Commands& out) {
  text("Training runs", colors.text, Font::kTitle);
  if (view.runs.empty())
    return caption("Runs appear here as they are trained; each is a model folder.");
  run_buttons(view, ui.runs, out);
  run_table(view, ui.runs);
}

void model_panel(const View& view, Ui& ui, PictureRenderer&, Commands& out) {
  open_model(view, find_model(view, ui.model), ui.runs, out);
  evaluation(view, ui, out);
}

}  // namespace stepwise::app
