// stepwise trial: two recipes against each other, trained turn by turn, and where one is better.
#include <cstdio>

#include "commands/command.h"
#include "commands/options.h"
#include "commands/print_json.h"
#include "commands/recipe_options.h"
#include "error.h"
#include "settings/json_value.h"
#include "settings/recipe_fields.h"

namespace stepwise {
namespace {

struct TrialOptions {
  DataSource data;
  std::string a = "quick", b;  // b empty: as a.
  std::vector<std::string> set, set_both;
  double minutes = 2;
  std::optional<std::int64_t> steps;
  std::optional<std::uint64_t> seed;
  int pairs = TryRecipes().pairs;
  bool json = false;
};

TryRecipes command_of(const TrialOptions& o) {
  const RecipeBook book = known_recipes();
  TryRecipes command{.a = recipe_named(o.a, book).recipe,
                     .b = recipe_named(o.b.empty() ? o.a : o.b, book).recipe,
                     .data = o.data,
                     .pairs = o.pairs};
  for (Recipe* recipe : {&command.a, &command.b}) {
    put_fields(*recipe, o.set_both);
    if (o.seed) recipe->seed = *o.seed;
  }
  put_fields(command.b, o.set);
  check(command.a);
  check(command.b);
  const Budget each = o.steps ? Budget{0, *o.steps} : Budget{o.minutes / (2 * o.pairs), 0};
  command.a.budget = command.b.budget = each;
  return command;
}

std::string words_for_change(const FieldChange& change) {
  return change.key + " " + change.value + " (A: " + change.before + ")";
}

void print_start(const TrialStarted& trial) {
  const std::vector<FieldChange> changed = changes(trial.b, trial.a);
  std::printf("A is %s, B is %s%s%s, on %s: %d runs of each\n", trial.a.name.c_str(),
              trial.b.name.c_str(), changed.empty() ? "" : " with ",
              joined(changed, words_for_change).c_str(), trial.data.c_str(), trial.pairs);
}

void print(const TrialLook& look, const DegradationStack& undone) {
  std::printf("%d/%d, after %.0f s: %s\n", look.number, kTrialLooks, look.seconds,
              words_for(look, undone).c_str());
  std::fflush(stdout);
}

// The difference as a share of the loss of A, by level.
void print_table(const TrialLook& look, const DegradationStack& undone) {
  std::printf("\n%-*sloss of B against A, sure to 95 %% for all of these\n",
              has_severity(undone) ? 29 : 22, "levels");
  const auto line = [&](const TrialRange& range) {
    std::printf("%s %-5.2g to %-5.2g   %+8.1f %%   %+8.1f to %+.1f %%\n", level_word(undone),
                range.sigma_low, range.sigma_high, 100 * share_of(range.loss.mean),
                100 * share_of(range.loss.low), 100 * share_of(range.loss.high));
  };
  for (const TrialRange& range : look.ranges) line(range);
  line(look.whole);
}

void trial(const TrialOptions& o, const SessionOptions& session) {
  const TryRecipes command = command_of(o);
  Headless worker(session);
  std::optional<TrialStarted> started;
  std::vector<TrialLook> looks;
  const DegradationStack& undone = command.a.degradation;  // Of both, or they do not compare.
  worker.run_with_bar(command, [&](const Event& event) {
    if (const auto* begun = std::get_if<TrialStarted>(&event)) {
      started = *begun;
      if (!o.json) print_start(*started);
    }
    if (const auto* looked = std::get_if<TrialLooked>(&event)) {
      looks.push_back(looked->look);
      if (!o.json) print(looked->look, undone);
    }
  });
  if (looks.empty()) return;
  if (!o.json) return print_table(looks.back(), undone);
  nlohmann::ordered_json told{{"a", value_of(command.a)},
                              {"b", value_of(command.b)},
                              {"pairs", command.pairs},
                              {"looks", value_of(looks)}};
  for (std::size_t i = 0; i < looks.size(); ++i)
    told["looks"][i]["words"] = words_for(looks[i], undone);
  print_json(told);
}

}  // namespace

void add_trial(CLI::App& app, const SessionOptions& session) {
  auto o = std::make_shared<TrialOptions>();
  CLI::App* sub = app.add_subcommand(
      "trial",
      "Train by two recipes in turn, A and B, several runs of each, and say at which levels of "
      "noise or severity one is better as soon as that is sure. Nothing is kept");
  sub->add_option("a", o->a, "A: a recipe by name, or the file of one")
      ->type_name("NAME|FILE.json")
      ->capture_default_str();
  sub->add_option("b", o->b, "B, where it is another recipe than A")->type_name("NAME|FILE.json");
  add_set_option(*sub, o->set, "Another value for a field of B, as in learning_rate=0.003");
  add_set_option(*sub, o->set_both, "The same for both", "--set-both");
  add_data_options(*sub, o->data);
  auto* minutes = add_number(*sub, "--minutes", o->minutes, kMinutes, "Time for all runs together");
  auto* steps =
      add_number(*sub, "--steps", o->steps, kTrainingSteps, "Optimiser steps of each run instead");
  minutes->type_name("M")->excludes(steps);
  add_number(*sub, "--pairs", o->pairs, kTrialPairs,
             "Runs of each recipe: with more, smaller differences are sure, but each is shorter");
  add_number(*sub, "--seed", o->seed, kSeed, "Of the first run of each; the others count up");
  sub->add_flag("--json", o->json, "Print JSON");
  sub->callback([o, &session] { trial(*o, session); });
}

}  // namespace stepwise
