#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "first_of.h"
#include "panels/corrected.h"
#include "panels/evaluation_words.h"
#include "panels/panels.h"
#include "panels/rate_search.h"
#include "panels/recipe_form.h"
#include "panels/terms.h"
#include "panels/train.h"
#include "panels/train_parts.h"
#include "panels/trial.h"
#include "settings/recipe_fields.h"
#include "widgets/form.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

constexpr float kGalleryShare = 0.5f;  // Of the height; the curves have the rest.
constexpr Range<double> kOfferedMinutes{0.5,
                                        600};  // Of kMinutes, what a slider can reach with care.
constexpr Range<double> kOfferedShare{0.05, 0.5};  // Of kMoreShare.

std::string summary(const Recipe& recipe) {
  return text_of(joined(recipe.channels, {}, "-"), " channels, batch ", recipe.batch,
                 ", learning rate ", format_number(recipe.learning_rate));
}

// One of these numbers; any other is shown as the first.
template <std::size_t count>
void offered_row(const char* label, int& value, const std::array<int, count>& offered,
                 const std::vector<std::string>& names, const char* help) {
  const auto at = std::ranges::find(offered, value);
  int chosen = at == offered.end() ? 0 : int(at - offered.begin());
  if (choice_row(label, chosen, names, help)) value = offered[std::size_t(chosen)];
}

void size_row(int& size) {
  constexpr std::array kOffered = {0, 16, 24, 28, 32, 48, 64};
  std::vector<std::string> names{"as suits"};
  for (const int side : std::span(kOffered).subspan(1)) names.push_back(text_of(side, " x ", side));
  offered_row("Size", size, kOffered, names,
              "What pictures in files of their own become, and glyphs: as suits is their own size "
              "where all are alike and small, else 32 x 32.");
}

void shrink_row(int& factor) {
  constexpr std::array kFactors = {1, 2, 4};
  const std::vector<std::string> names{"no", "to a half", "to a quarter"};
  offered_row(
      "Shrunk", factor, kFactors, names,
      "Learns small pictures, several times as fast. Combine ... lets such a model draw the "
      "shapes, where there is much noise, and one of the whole pictures the rest.");
}

void budget_row(Budget& budget) {
  if (budget.minutes > 0 || budget.steps == 0)
    slider_row(
        "Time", budget.minutes, kOfferedMinutes, "%.3g min",
        "When training ends; the learning rate falls to zero by then. It can be stopped before.",
        true);
  else
    value_row("Time", text_of(format_count(budget.steps), budget.steps == 1 ? " step" : " steps"),
              "When training ends, as the recipe asks for.");
}

// Pictures of one's own, and the model that is to learn them.
void more_rows(const View& view, Ui& ui) {
  DataSource& data = ui.train.data;
  text_row("And from", data.more, "a folder of pictures",
           "Pictures that are learned from beside the data set, in a folder for each class. "
           "Keep to learn from, in Paint's menu Save, puts them there.");
  if (!data.more.empty())
    slider_row("Their share", data.more_share, kOfferedShare, "%.2f",
               "So much of what is trained on is theirs.");
  if (view.data && !view.data->corrections.pictures.empty())
    check_row("As corrected", data.by_hand,
              "Learns the classes that were set right by hand, and nothing from what was left out: "
              "see Pictures to learn from, in Lab.");
  const ModelOpened* model = find_model(view, ui.model);
  if (!model || model->folder.empty()) return;
  check_row("From model", ui.train.from_model,
            "Begins with the weights of the model in use, not with new ones, and with its network, "
            "whatever the recipe says. It stays as it is: this is another one. The lower the "
            "learning rate, the less is forgotten.");
  if (ui.train.from_model) caption(model->name);
}

std::filesystem::path model_to_go_on_with(const View& view, const Ui& ui) {
  const ModelOpened* model = find_model(view, ui.model);
  return model && ui.train.from_model ? model->folder : std::filesystem::path();
}

void recipe_rows(const View& view, Ui& all) {
  TrainUi& ui = all.train;
  recipe_row(view, ui);
  budget_row(ui.recipe.budget);
  text_row(
      "Data set", ui.data.place, "fashion-mnist, glyphs or a folder",
      "A data set by name (fashion-mnist; glyphs or glyphs-digits, drawn from the fonts of this "
      "machine, both also with -color), or a folder: the IDX files of MNIST and the like, those "
      "of CIFAR, or pictures, with a folder for each class.");
  if (view.training.job != ui.asked) failure_caption(view, ui.asked);  // It did not even begin.
  check_row("Transposed", ui.data.transpose,
            "Exchanges the rows and columns of its pictures: EMNIST's lie on their side.");
  size_row(ui.data.size);
  shrink_row(ui.data.shrink);
  more_rows(view, all);
  check_row("bfloat16", ui.recipe.bfloat16, help_of_field("bfloat16"));
  caption(summary(ui.recipe));
}

// What is being trained, in a line.
void running_words(const Training& training) {
  if (!training.started) return;
  const TrainingStarted& run = *training.started;
  caption(text_of(run.recipe.name, " on ", run.data, ", ", format_number(double(run.parameters)),
                  " parameters"));
}

// Told once the slider is let go, so that one drag leaves one mark on the curves.
void rate_row(const Training& training, TrainUi& ui, Commands& out) {
  slider_row("Rate", ui.multiplier, kMultiplier, "× %.3g",
             "Multiplies the learning rate from the next step on; the curves get a mark where it "
             "happened.",
             true);
  if (ui.multiplier == ui.multiplier_asked || ImGui::IsAnyItemActive()) return;
  ui.multiplier_asked = ui.multiplier;
  out.push_back(ChangeTraining{.run = training.job, .multiplier = ui.multiplier});
}

void weighting_row(const Training& training, Commands& out) {
  if (!training.started || has_severity(training.started->recipe.degradation)) return;
  std::vector<std::string> names;
  int chosen = -1;
  for (const auto& [weighting, name] : kWeightings) {
    if (weighting == training.started->recipe.weighting) chosen = int(names.size());
    names.emplace_back(name);
  }
  if (choice_row("Weighting", chosen, names,
                 "What the error of a guess counts at a noise level from the next step on; the "
                 "curves get a mark where it happened."))
    out.push_back(ChangeTraining{.run = training.job,
                                 .changes = {{"weighting", names[std::size_t(chosen)]}}});
}

// Two of three levels that are drawn lie between these.
Range<double> most_drawn(const Recipe& recipe) {
  return {std::exp(recipe.sigma_mean - recipe.sigma_std),
          std::exp(recipe.sigma_mean + recipe.sigma_std)};
}

// To two places: the marks on the curves tell them.
ChangeTraining with_levels(JobId run, const Range<double>& most) {
  constexpr double kPlace = 0.01;  // And the narrowest.
  const auto rounded = [](double value) { return kPlace * std::round(value / kPlace); };
  const double low = std::log(most.min), high = std::log(most.max);
  return {.run = run,
          .changes = {{"sigma_mean", text_of(rounded((low + high) / 2))},
                      {"sigma_std", text_of(std::max(kPlace, rounded((high - low) / 2)))}}};
}

// Told once the thumbs are let go, as the learning rate is.
void levels_row(const Training& training, TrainUi& ui, Commands& out) {
  if (!training.started) return;
  const Recipe& recipe = training.started->recipe;
  if (has_severity(recipe.degradation) || recipe.levels != LevelDraw::kNormal) return;
  Range<double> most = ui.levels_drawn.value_or(most_drawn(recipe));
  if (range_row(
          "Learns from", most.min, most.max, kSigma,
          "Two of three pictures get noise of a level between these from the next step on, as the "
          "curve over the losses by noise level shows. The plots get a mark where it changed."))
    ui.levels_drawn = most;
  if (!ui.levels_drawn || ImGui::IsAnyItemActive()) return;
  out.push_back(with_levels(training.job, *ui.levels_drawn));
  ui.levels_drawn.reset();
}

void progress(const Training& training) {
  const TrainingProgress& now = training.progress;
  const std::string left = "step " + format_count(now.step) + ", " +
                           format_number(now.pictures_per_second) + " pictures/s";
  const std::string right =
      now.paused ? "paused" : format_duration(std::max(0.0, now.seconds_left)) + " left";
  progress_bar(float(now.fraction), left.c_str(), right.c_str());
}

// What looking at the run has cost, and what its pictures were measured as.
void looking_words(const Training& training) {
  const TrainingProgress& now = training.progress;
  if (now.looked > 0) {
    caption(text_of("Looking: ", format_duration(now.looked), " of ",
                    format_duration(now.seconds + now.looked)));
    tooltip(
        "What held-out losses, galleries and measuring its pictures took so far: no time of "
        "training, and none of its budget.");
  }
  if (training.measured.empty()) return;
  const MeasuredPoint& newest = training.measured.back();
  caption(measured_words(newest));
  tooltip(help_of("FD", text_of("Over ", newest.count,
                                " pictures each time, with two standard errors, by leaving out a "
                                "tenth in turn; the floor is the distance of as many real ones."))
              .c_str());
}

void start_button(const View& view, Ui& all, Commands& out) {
  TrainUi& ui = all.train;
  const std::filesystem::path from = model_to_go_on_with(view, all);
  std::string trouble = trouble_with(ui.recipe);
  if (trouble.empty() && from.empty()) trouble = trouble_with_new_weights(ui.recipe);
  const bool valid = !ui.data.place.empty() && trouble.empty();
  if (primary_button("Start training", -1, valid)) {
    out.push_back(Train{.recipe = recipe_to_train(view, ui.recipe), .data = ui.data, .from = from});
    ui.asked = out.back().id;
  }
  tooltip("Trains a new model beside everything else; you can go on sampling and painting.");
  if (!trouble.empty()) caption(trouble, colors.warning);
}

// The run as it is now, kept or thrown away.
void marking_buttons(const Training& training, Commands& out) {
  constexpr float kShare = 0.3f;  // Of the width, for the shorter word.
  if (plain_button("Mark", std::floor(kShare * ImGui::GetContentRegionAvail().x)))
    out.push_back(MarkTraining{training.job});
  tooltip("Keeps the run as it is now, to come back to.");
  ImGui::SameLine();
  if (plain_button("Stop and discard", -1, training.started.has_value())) {
    out.push_back(Cancel{training.job});  // It is over before it can go to the trash.
    out.push_back(DiscardRun{training.started->folder});
  }
  tooltip("Ends the run and moves it to the trash of the desktop; it can be taken back.");
}

void running_buttons(const Training& training, Commands& out) {
  const float gap = ImGui::GetStyle().ItemSpacing.x;
  const float all = ImGui::GetContentRegionAvail().x, half = std::floor((all - gap) / 2);
  const bool paused = training.progress.paused;
  if (paused ? primary_button("Resume", half) : plain_button("Pause", half))
    out.push_back(Pause{training.job, !paused});
  tooltip(paused ? "Goes on where it stopped." : "Holds still after this step; nothing is lost.");
  ImGui::SameLine(0, gap);
  if (plain_button("Stop and save", all - half - gap)) out.push_back(Cancel{training.job});
  tooltip("Ends the run and saves it; it can be taken up again in Runs (F4).");
}

// Weights are read when a model is opened: one that was open before knows nothing of those since.
void few_steps_row(const View& view, const std::filesystem::path& of, RunsUi& ui, Commands& out) {
  if (of.empty()) return;
  const bool used = std::ranges::any_of(view.models, [&](const ModelOpened& model) {
    return model.folder == of && model.has_few_steps;
  });
  caption(text_of("The model in ", of.string(), used ? " previews" : ", opened again, previews",
                  " edits with it."));
  if (used) return;
  if (plain_button("Open again", 0, !view.jobs.contains(ui.opening)))
    ui.opening = out.emplace_back(OpenModel{of}).id;
}

void outcome(const View& view, RunsUi& ui, Commands& out) {
  const Training& training = view.training;
  if (!training.done) return;
  const TrainingDone& done = *training.done;
  const std::string words =
      done.stopped_early
          ? (done.why.empty() ? "Stopped after step " + format_count(done.step) + "." : done.why)
          : "Finished after " + format_count(done.step) + " steps.";
  caption(words, done.stopped_early && !done.why.empty() ? colors.warning : colors.good);
  const auto discarded = std::ranges::find(view.in_trash, done.folder, &RunDiscarded::folder);
  if (discarded == view.in_trash.end()) {
    caption("Saved in " + done.folder.string());
    return few_steps_row(view, done.of, ui, out);
  }
  caption("It lies in the trash of the desktop, in " + discarded->place.string());
  if (plain_button("Take back", 0, !view.jobs.contains(ui.taking_back)))
    ui.taking_back = out.emplace_back(TakeBackRun{discarded->place}).id;
}

}  // namespace

void train_panel(const View& view, Ui& ui, PictureRenderer&, Commands& out) {
  const Training& training = view.training;
  if (training.running) {
    running_buttons(training, out);
    progress(training);
    running_words(training);
    looking_words(training);
    rate_row(training, ui.train, out);
    weighting_row(training, out);
    levels_row(training, ui.train, out);
    corrections_since(view, out);
    marking_buttons(training, out);
    training_marks(view, ui.train, out);
    training_average(view, ui.train, out);
  } else {
    start_button(view, ui, out);
    outcome(view, ui.runs, out);
    training_marks(view, ui.train, out);
    training_average(view, ui.train, out);
    recipe_rows(view, ui);
    recipe_form(view, ui);
  }
  rate_search_form(view, ui.train, out);
  trial_form(view, ui.train, out);
  if (!training.started) return;
  heading("Curves");
  slider_row("Smoothing", ui.train.smoothing, {0, 0.999f}, "%.3f",
             "Share of the past in the smoothed loss; each batch alone is noisy. The dots are the "
             "averaged weights (EMA) on always the same pictures and noise.");
}

void learning_panel(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  const float height = ImGui::GetContentRegionAvail().y;
  ask_for_levels(view.training, ui.train, out);
  if (shows_trial(view, ui.train)) return trial_panel(view, ui.train, height);
  if (ui.train.enlarged == Enlarged::kGallery)
    return training_gallery(view, ui.train, pictures, height);
  if (shows_levels(view, ui.train))
    looked_at_levels(view, ui.train, pictures, std::floor(height * kGalleryShare));
  else if (ui.train.enlarged == Enlarged::kNothing)
    training_gallery(view, ui.train, pictures, std::floor(height * kGalleryShare));
  training_plots(view, ui.train, pictures, ImGui::GetContentRegionAvail().y);
}

void adopt_run(const TrainingStarted& run, TrainUi& ui) {
  ui.multiplier = ui.multiplier_asked = run.multiplier;
  ui.gallery = -1;
  ui.playing = false;
}

void leave_run(const View& view, TrainUi& ui) {
  const Training& training = view.training;
  ui.left = training.running && training.started ? training.started->folder.string() : "";
}

void recall_run(const RunSummary& found, View& view, TrainUi& ui) {
  if (ui.left.empty() || found.folder != ui.left) return;
  ui.left.clear();
  add_log_line(
      text_of("The run in ", found.folder.string(), " was saved at step ", format_count(found.step),
              " when the program was closed. Runs (F4) goes on with it."),
      LogLevel::kNote, view);
}

}  // namespace stepwise::app
