// stepwise find-rate: which learning rate suits a recipe and its data.
#include <algorithm>
#include <cstdio>

#include "commands/command.h"
#include "commands/options.h"
#include "commands/print_json.h"
#include "commands/recipe_options.h"
#include "error.h"
#include "settings/json_value.h"

namespace stepwise {
namespace {

constexpr std::size_t kTableRows = 12;  // Of the table.

struct FindRateOptions {
  DataSource data;
  std::string recipe = "quick";
  std::vector<std::string> set;
  std::optional<std::uint64_t> seed;
  bool json = false;
};

FindRate command_of(const FindRateOptions& o) {
  FindRate command{recipe_named(o.recipe, known_recipes()).recipe, o.data};
  put_fields(command.recipe, o.set);
  if (o.seed) command.recipe.seed = *o.seed;
  check(command.recipe);
  return command;
}

// At even distances, the first and the last among them.
void print_rows(const std::vector<RatePoint>& points) {
  std::printf("learning rate      loss  smoothed\n");
  const std::size_t last = points.size() - 1, rows = std::min(kTableRows - 1, last);
  for (std::size_t i = 0; i <= rows; ++i) {
    const RatePoint& point = points[rows == 0 ? 0 : i * last / rows];
    std::printf("%13.2g  %8.3g  %8.3g\n", point.rate, point.loss, point.smoothed);
  }
}

// The same with the rate that was found, as a run that is kept.
std::string training_with(double rate, const FindRateOptions& o) {
  std::string words = "stepwise train --recipe " + o.recipe;
  if (o.data.place != DataSource().place) words += " --data " + o.data.place;
  for (const std::string& set : o.set) words += " --set " + set;
  return words + text_of(" --set learning_rate=", rate);
}

void print(const FindRateOptions& o, const RateSearch& search) {
  if (!search.points.empty()) print_rows(search.points);
  std::printf("\n%s\n", words_for(search).c_str());
  if (search.suggestion > 0) std::printf("%s\n", training_with(search.suggestion, o).c_str());
}

void find_rate(const FindRateOptions& o, const SessionOptions& session) {
  const FindRate command = command_of(o);
  Headless worker(session);
  RateSearched found;
  worker.run_with_bar(command, keep(found));
  if (!o.json) return print(o, found.search);
  print_json({{"recipe", value_of(command.recipe)},
              {"search", value_of(found.search)},
              {"words", words_for(found.search)}});
}

}  // namespace

void add_find_rate(CLI::App& app, const SessionOptions& session) {
  auto o = std::make_shared<FindRateOptions>();
  CLI::App* sub = app.add_subcommand(
      "find-rate",
      "Train a new network for up to a hundred steps while the learning rate rises, and say which "
      "one the recipe should have. Nothing is kept");
  sub->add_option("recipe", o->recipe, "A recipe by name, or the file of one")
      ->type_name("NAME|FILE.json")
      ->capture_default_str();
  add_set_option(*sub, o->set, "Another value for a field of the recipe, as in batch=64");
  add_data_options(*sub, o->data);
  add_number(*sub, "--seed", o->seed, kSeed, "Of the first weights, the pictures and the noise");
  sub->add_flag("--json", o->json, "Print JSON");
  sub->callback([o, &session] { find_rate(*o, session); });
}

}  // namespace stepwise
