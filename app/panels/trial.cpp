#include "panels/trial.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "error.h"
#include "first_of.h"
#include "panels/job_bar.h"
#include "panels/recipe_form.h"
#include "settings/recipe_fields.h"
#include "widgets/form.h"
#include "widgets/plot.h"

namespace stepwise::app {
namespace {

constexpr int kRunsOf = 2;  // Recipes.

ImU32 color_of(char recipe) { return recipe == 'A' ? hue(0) : hue(1); }

ImU32 color_of(Verdict verdict) {
  if (verdict == Verdict::kABetter) return color_of('A');
  if (verdict == Verdict::kBBetter) return color_of('B');
  return verdict == Verdict::kAlike ? colors.text : colors.faint;
}

// The one that B is tried against.
const KnownRecipe* rival_in(const View& view, const TrainUi& ui) {
  const std::string& name = ui.against.empty() ? ui.recipe.name : ui.against;
  const KnownRecipe* known = find_recipe(view.recipes, name);
  return known ? known : find_recipe(view.recipes, ui.recipe.parent);
}

// A trial's time is that of the recipe on screen, for all runs together; steps are of each.
Budget budget_of_each(const TrainUi& ui) {
  const Budget& budget = ui.recipe.budget;
  if (budget.minutes > 0) return {budget.minutes / (kRunsOf * ui.pairs), 0};
  return budget;
}

// As it is tried: whatever time it asks for itself.
Recipe within(const Budget& budget, Recipe recipe) {
  recipe.budget = budget;
  return recipe;
}

void rival_row(const View& view, const KnownRecipe* rival, TrainUi& ui) {
  const std::vector<KnownRecipe> offered =
      recipes_for(view.recipes, view.worker ? view.worker->device : "cpu");
  std::vector<std::string> names;
  int chosen = -1;
  for (const KnownRecipe& known : offered) {
    if (rival && known.recipe.name == rival->recipe.name) chosen = int(names.size());
    names.push_back(known.recipe.name);
  }
  if (choice_row("A", chosen, names, "The recipe that yours, B, is tried against, as it stands."))
    ui.against = names[std::size_t(chosen)];
}

std::string cost_words(const TrainUi& ui) {
  const Budget each = budget_of_each(ui);
  const std::string runs = text_of(kRunsOf * ui.pairs, " runs take turns, ");
  if (each.minutes > 0) return runs + format_duration(60 * each.minutes) + " each.";
  return runs + format_count(each.steps) + " steps each.";
}

void ask(const View& view, const KnownRecipe* rival, TrainUi& ui, Commands& out) {
  const Budget each = budget_of_each(ui);
  const Recipe a = rival ? within(each, rival->recipe) : Recipe();
  const Recipe b = within(each, recipe_to_train(view, ui.recipe));
  const bool differ = rival && !changes(b, a).empty();
  const bool can = differ && !ui.data.place.empty() && trouble_with(ui.recipe).empty();
  if (plain_button("Try B against A", -1, can)) {
    out.push_back(TryRecipes{a, b, ui.data, ui.pairs});
    ui.trial_asked = out.back().id;
  }
  tooltip("Trains both, on the same pictures and noise. Nothing is saved.");
  caption(differ ? cost_words(ui)
                 : "B is the recipe above. Change one of its settings, or choose another A.");
}

void progress(const Progress& at, JobId job, Commands& out) {
  job_bar(at);
  if (plain_button("Stop the trial", -1)) out.push_back(Cancel{job});
  tooltip("What is sure by then stays.");
}

// "B  quick with learning rate 0.003", its letter in its color.
void name_of(char which, const Recipe& recipe, const Recipe* other) {
  std::string words = recipe.name;
  if (other) {
    const std::vector<FieldChange> changed = changes(recipe, *other);
    if (!changed.empty())
      words += " with " + joined(changed, [](const FieldChange& change) {
                 return change.key + " " + change.value;
               });
  }
  const char letter[] = {which, 0};
  text(letter, color_of(which), Font::kTitle);
  ImGui::SameLine(0, px(8));
  text(shortened(words, ImGui::GetContentRegionAvail().x), colors.text, Font::kTitle);
  tooltip(words.c_str());
}

void close_button(const TrialShown& trial, TrainUi& ui) {
  const float width = ImGui::CalcTextSize("Close").x + 2 * ImGui::GetStyle().FramePadding.x;
  ImGui::SameLine(ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x - width);
  if (plain_button("Close", width)) ui.trial_closed = trial.job;
  tooltip("Back to the run. A trial that goes on is not stopped.");
}

// How far the losses of B lie from those of A, a bar with its bounds for each range of levels.
void levels_plot(const TrialShown& trial, TrainUi& ui, ImVec2 size) {
  constexpr double kMost = 1;  // What is farther away is not sure of anything.
  struct Bar {
    std::array<double, 2> x;
    std::array<float, 2> y, low, high;
  };
  std::vector<Bar> bars;
  Plot plot;
  plot.title = "Loss of B against A, %";
  plot.x_name = level_word(trial.started.a.degradation);
  plot.empty = "The first answer comes after an eighth of the time.";
  const auto drawn = [&](double difference) {
    return float(100 * std::clamp(share_of(difference), -kMost, kMost));
  };
  if (!trial.looks.empty())
    for (const TrialRange& range : trial.looks.back().ranges) {
      const float mean = drawn(range.loss.mean), low = drawn(range.loss.low),
                  high = drawn(range.loss.high);
      bars.push_back({{range.sigma_low, range.sigma_high}, {mean, mean}, {low, low}, {high, high}});
    }
  std::array<double, 2> ends{};
  constexpr std::array<float, 2> kNone{};
  if (!bars.empty()) {
    ends = {bars.front().x[0], bars.back().x[1]};
    plot.lines.push_back({.label = "", .x = ends, .y = kNone, .color = colors.dim, .width = 1});
  }
  for (std::size_t i = 0; i < bars.size(); ++i)
    plot.lines.push_back({.label = "",
                          .x = bars[i].x,
                          .y = bars[i].y,
                          .color = color_of(verdict_on(trial.looks.back().ranges[i].loss)),
                          .width = 2.5f,
                          .low = bars[i].low,
                          .high = bars[i].high});
  ui.trial_levels.log_x = !has_severity(trial.started.a.degradation);
  draw_plot("trial levels", size, plot, ui.trial_levels);
}

// The held-out losses of all runs, over the training time of all together.
void losses_plot(const TrialShown& trial, TrainUi& ui, ImVec2 size) {
  const std::size_t looks = trial.looks.size();
  std::vector<double> seconds(looks);
  std::ranges::transform(trial.looks, seconds.begin(), &TrialLook::seconds);
  const std::size_t pairs = looks > 0 ? trial.looks.front().a.size() : 0;
  std::vector<std::vector<float>> losses;
  losses.reserve(kRunsOf * pairs);
  Plot plot;
  plot.title = "Held-out loss of each run";
  plot.x_name = "seconds";
  plot.empty = "A line for each run.";
  for (const char which : {'A', 'B'})
    for (std::size_t i = 0; i < pairs; ++i) {
      std::vector<float>& line = losses.emplace_back();
      for (const TrialLook& look : trial.looks)
        line.push_back(float((which == 'A' ? look.a : look.b)[i]));
      plot.lines.push_back({.label = i == 0 ? std::string(1, which) : "",
                            .x = seconds,
                            .y = line,
                            .color = mixed(color_of(which), colors.panel, 0.8f),
                            .width = 1.5f,
                            .dots = looks < 3});
    }
  draw_plot("trial losses", size, plot, ui.trial_losses);
}

std::string standing(const TrialShown& trial) {
  if (trial.looks.empty()) return "No answer yet.";
  return words_for(trial.looks.back(), trial.started.a.degradation);
}

std::string small_print(const View& view, const TrialShown& trial) {
  const bool goes_on = view.jobs.contains(trial.job);
  const std::string what = text_of(trial.started.pairs, " runs of each on ", trial.started.data);
  if (trial.looks.empty()) return what + (goes_on ? "." : ": the trial has ended.");
  const TrialLook& look = trial.looks.back();
  return text_of(what, "; look ", look.number, " of ", kTrialLooks, ", after ",
                 format_duration(look.seconds), goes_on ? "" : ", when the trial ended",
                 ". Nineteen of twenty trials say nothing wrong, however often one looks.");
}

}  // namespace

void trial_form(const View& view, TrainUi& ui, Commands& out) {
  if (!fold_row("A against B", ui.trial_open, "")) return;
  if (const auto job = view.jobs.find(view.trial.job); job != view.jobs.end())
    return progress(job->second, job->first, out);
  const KnownRecipe* rival = rival_in(view, ui);
  rival_row(view, rival, ui);
  slider_row("Runs of each", ui.pairs, kTrialPairs, "%d",
             "Two runs of one recipe differ too. With more of each, smaller differences are sure, "
             "but each run is shorter.",
             true);
  ask(view, rival, ui, out);
  failure_caption(view, ui.trial_asked);
}

bool shows_trial(const View& view, const TrainUi& ui) {
  return view.trial.job > view.training.job && view.trial.job != ui.trial_closed;
}

void trial_panel(const View& view, TrainUi& ui, float height) {
  const TrialShown& trial = view.trial;
  const float bottom = ImGui::GetCursorPosY() + height - ImGui::GetStyle().ItemSpacing.y;
  name_of('A', trial.started.a, nullptr);
  close_button(trial, ui);
  name_of('B', trial.started.b, &trial.started.a);
  ImGui::Dummy({0, px(4)});
  text(standing(trial), colors.text, Font::kBody, true);
  caption(small_print(view, trial));
  ImGui::Dummy({0, px(4)});
  constexpr float kPlotHeight = 150, kPlotWidth = 260;  // Points, at the least.
  const float gap = px(16), all = ImGui::GetContentRegionAvail().x;
  const float room = std::max(px(kPlotHeight), bottom - ImGui::GetCursorPosY());
  const bool beside = all >= px(2 * kPlotWidth);
  const ImVec2 size{beside ? std::floor((all - gap) / 2) : all,
                    beside ? room : std::max(px(kPlotHeight), std::floor((room - gap) / 2))};
  levels_plot(trial, ui, size);
  if (beside) ImGui::SameLine(0, gap);
  losses_plot(trial, ui, size);
}

}  // namespace stepwise::app
