// stepwise trade-off: how often changes of class succeed, against how much of the pictures they
// change.
#include <cstdio>

#include "commands/command.h"
#include "commands/kept_table.h"
#include "commands/options.h"
#include "commands/print_json.h"
#include "error.h"
#include "formats/info.h"
#include "formats/trade_off_table.h"
#include "image/file.h"
#include "settings/json_value.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

struct TradeOffOptions {
  fs::path model = shipped_model();
  int count = 100;
  std::uint64_t seed = 1;
  double guidance = 3;
  std::vector<double> sigmas{1, 2, 3, 5, 8};
  std::vector<std::string> changes;
  MaskSearch search;
  bool json = false, save = false;
};

// Classes that look alike, where the model knows them; else each and the next.
std::vector<std::string> usual_changes(const std::vector<std::string>& names) {
  const std::vector<std::string> alike{"Sneaker:Ankle boot", "T-shirt/top:Pullover",
                                       "Trouser:Dress"};
  const auto knows = [&](const std::string& change) {
    const std::size_t colon = change.find(':');
    return std::ranges::count(names, change.substr(0, colon)) > 0 &&
           std::ranges::count(names, change.substr(colon + 1)) > 0;
  };
  if (std::ranges::all_of(alike, knows)) return alike;
  std::vector<std::string> next;
  for (std::size_t i = 0; i + 1 < names.size() && i < 3; ++i)
    next.push_back(names[i] + ":" + names[i + 1]);
  return next;
}

ClassChange change_of(const std::string& words, const ModelOpened& model) {
  const std::size_t colon = words.find(':');
  require(colon != std::string::npos, "'", words,
          "' is no change of class. Name two with a colon between, as 'Sneaker:Ankle boot'.");
  const auto number = [&](const std::string& name) {
    const auto found = std::ranges::find(model.class_names, name);
    require(found != model.class_names.end(), "The model knows no class '", name, "'. It knows ",
            joined(model.class_names), ".");
    return int(found - model.class_names.begin());
  };
  return {number(words.substr(0, colon)), number(words.substr(colon + 1))};
}

void print(const TradeOffOptions& o, const std::vector<TradeOff>& table, double seconds) {
  std::printf(
      "Changes of class of %d test pictures in %.1f s: so many are taken for the other class, and\n"
      "so many grey levels of 255 a pixel changes, in all and outside the mask of DiffEdit\n\n"
      "%-14s %6s %9s %7s %8s\n",
      o.count, seconds, "method", "σ", "other", "all", "outside");
  for (const TradeOff& row : table)
    std::printf("%-14s %5.3g %7.0f %% %7.2f %8.2f\n", std::string(id_of(row.method)).c_str(),
                row.sigma, 100 * row.changed, row.change, row.outside);
}

void trade_off(TradeOffOptions o, const SessionOptions& session) {
  const fs::path file = o.save ? place_of_table(o.model) : fs::path();
  Headless worker(session);
  const ModelOpened model = worker.open_model(o.model);
  require(model.class_names.size() >= 2, "The model knows ", model.class_names.size(),
          " classes: there is nothing to change one into.");
  if (o.changes.empty()) o.changes = usual_changes(model.class_names);
  MeasureTradeOff measure;
  measure.model = model.id;
  measure.settings = model.defaults;
  measure.sigmas = o.sigmas;
  measure.search = o.search;
  for (const std::string& change : o.changes) measure.changes.push_back(change_of(change, model));
  measure.settings.count = o.count;
  measure.settings.seed = o.seed;
  measure.settings.guidance = o.guidance;
  TradeOffMeasured measured;
  const double seconds = worker.run_with_bar(measure, keep(measured));
  const std::vector<TradeOff>& table = measured.table;
  if (o.save) write_file(file, with_trade_off(read_file(file, kMaxInfo), table, file.string()));
  if (o.json)
    return print_json({{"model", o.model.string()},
                       {"count", o.count},
                       {"seed", o.seed},
                       {"guidance", o.guidance},
                       {"changes", o.changes},
                       {"seconds", seconds},
                       {"trade_off", value_of(table)}});
  print(o, table, seconds);
  if (o.save) std::printf("\nwrote %s\n", file.c_str());
}

}  // namespace

void add_trade_off(CLI::App& app, const SessionOptions& session) {
  auto o = std::make_shared<TradeOffOptions>();
  CLI::App* sub = app.add_subcommand(
      "trade-off", "Measure how often changes of class succeed, and how much they change");
  sub->add_option("model", o->model, "Model folder")->type_name("DIR");
  add_number(*sub, "--count", o->count, kCount, "Test pictures, dealt to the changes");
  add_number(*sub, "--seed", o->seed, kSeed, "Of the noise");
  add_number(*sub, "--guidance", o->guidance, kGuidance, "Of both classes");
  sub->add_option("--sigmas", o->sigmas, "Noise levels to begin at")->delimiter(',');
  sub->add_option("--change", o->changes, "Two classes, as 'Sneaker:Ankle boot'; again for more")
      ->type_name("FROM:TO");
  add_number(*sub, "--mask-sigma", o->search.sigma, kSigma, "Noise level that masks are found at");
  add_number(*sub, "--mask-draws", o->search.draws, kMaskDraws, "Noises that they are the mean of");
  add_number(*sub, "--threshold", o->search.threshold, kMaskThreshold,
             "Share of the largest difference from which on a pixel is in the mask");
  add_number(*sub, "--grow", o->search.grow, kMaskGrow, "Pixels that a mask is then grown by");
  sub->add_flag("--save", o->save,
                "Keep it in the model's stepwise.json: the window draws it beside the change");
  sub->add_flag("--json", o->json, "Print JSON");
  sub->callback([o, &session] { trade_off(*o, session); });
}

}  // namespace stepwise
