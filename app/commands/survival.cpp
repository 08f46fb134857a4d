// stepwise survival: how much of a stroke is left in the finished picture, by the noise level that
// it is painted at and the size of the brush.
#include <algorithm>
#include <cstdio>

#include "commands/command.h"
#include "commands/kept_table.h"
#include "commands/options.h"
#include "commands/print_json.h"
#include "error.h"
#include "formats/info.h"
#include "formats/survival_table.h"
#include "image/file.h"
#include "settings/json_value.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

struct SurvivalOptions {
  fs::path model = shipped_model();
  int count = 64;
  std::uint64_t seed = 1;
  bool json = false, save = false;
};

nlohmann::ordered_json json_of(const SurvivalOptions& o, const std::vector<Survival>& table,
                               double seconds) {
  return {{"model", o.model.string()},
          {"count", o.count},
          {"seed", o.seed},
          {"seconds", seconds},
          {"survival", value_of(table)}};
}

// A line for each level, with the sizes side by side.
void print(const SurvivalOptions& o, const std::vector<Survival>& table,
           const DegradationStack& undone, double seconds) {
  std::printf("So much of a stroke is left: %d pictures in %.1f s\n\n%-*s", o.count, seconds,
              has_severity(undone) ? 17 : 10, "brush");
  for (const Survival& row : table)
    if (row.sigma == table.front().sigma) std::printf("%4g px", double(row.size));
  double sigma = 0;
  for (const Survival& row : table) {
    if (row.sigma != sigma) std::printf("\n%s %8.3g", level_word(undone), row.sigma);
    sigma = row.sigma;
    std::printf("%5.0f %%", 100 * row.share);
  }
  std::printf("\n");
}

void survival(const SurvivalOptions& o, const SessionOptions& session) {
  const fs::path file = o.save ? place_of_table(o.model) : fs::path();
  Headless worker(session);
  const ModelOpened model = worker.open_model(o.model);
  SampleSettings settings = model.defaults;
  settings.count = o.count;
  settings.seed = o.seed;
  SurvivalMeasured measured;
  const double seconds = worker.run_with_bar(MeasureSurvival{model.id, settings}, keep(measured));
  const std::vector<Survival>& table = measured.table;
  if (o.save) write_file(file, with_survival(read_file(file, kMaxInfo), table, file.string()));
  if (o.json) return print_json(json_of(o, table, seconds));
  print(o, table, model.degradation, seconds);
  if (o.save) std::printf("\nwrote %s\n", file.c_str());
}

}  // namespace

void add_survival(CLI::App& app, const SessionOptions& session) {
  auto o = std::make_shared<SurvivalOptions>();
  CLI::App* sub = app.add_subcommand(
      "survival", "Measure how much of a stroke is left, by noise level and size of the brush");
  sub->add_option("model", o->model, "Model folder")->type_name("DIR");
  add_number(*sub, "--count", o->count, kCount, "Pictures to paint on");
  add_number(*sub, "--seed", o->seed, kSeed, "Of the pictures and the strokes");
  sub->add_flag("--save", o->save,
                "Keep it in the model's stepwise.json: the window tells it beside the brush");
  sub->add_flag("--json", o->json, "Print JSON");
  sub->callback([o, &session] { survival(*o, session); });
}

}  // namespace stepwise
