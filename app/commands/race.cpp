// stepwise race: which sampler comes nearest to where the exact way ends, with so many evaluations
// of the network.
#include <algorithm>
#include <cstdio>

#include "commands/command.h"
#include "commands/options.h"
#include "commands/print_json.h"
#include "commands/sampling_options.h"
#include "error.h"
#include "settings/race.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

struct RaceOptions {
  fs::path model = shipped_model();
  std::vector<std::string> samplers;  // None: all that can.
  int evaluations = 13;
  int count = 10;
  std::string label = "all";
  std::optional<double> guidance;
  std::uint64_t seed = 1;
  bool json = false;
};

Race race_of(const RaceOptions& o, const ModelOpened& model) {
  Race race;
  race.model = model.id;
  race.settings = model.defaults;
  race.evaluations = o.evaluations;
  race.settings.count = o.count;
  race.settings.seed = o.seed;
  race.settings.guidance = o.guidance.value_or(race.settings.guidance);
  race.conditions = conditions_for(o.label, model, o.count);
  race.settings = heeded(race.settings, race.conditions);
  for (const std::string& id : o.samplers) race.samplers.push_back(sampler_of(id));
  if (o.samplers.empty()) race.samplers = racers_for(race.settings, o.evaluations);
  return race;
}

void print(const RaceOptions& o, const Raced& reference, const std::vector<Raced>& ends,
           double seconds) {
  std::printf(
      "Distance (RMS) of %d pictures, after %d evaluations each, from those of %d steps of %s,\n"
      "which begin with the same noise: in %.1f s\n\n%-12s %6s %12s %10s\n",
      o.count, o.evaluations, reference.steps, std::string(id_of(reference.sampler)).c_str(),
      seconds, "sampler", "steps", "evaluations", "distance");
  for (const Raced& end : ends)
    std::printf("%-12s %6d %12d %10.4f\n", std::string(id_of(end.sampler)).c_str(), end.steps,
                end.evaluations, end.distance);
}

nlohmann::ordered_json json_of(const RaceOptions& o, const Raced& reference,
                               const std::vector<Raced>& ends, double seconds) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const Raced& end : ends)
    rows.push_back({{"sampler", id_of(end.sampler)},
                    {"steps", end.steps},
                    {"evaluations", end.evaluations},
                    {"distance", end.distance}});
  return {{"model", o.model.string()},
          {"count", o.count},
          {"seed", o.seed},
          {"reference", {{"sampler", id_of(reference.sampler)}, {"steps", reference.steps}}},
          {"seconds", seconds},
          {"race", rows}};
}

void race(const RaceOptions& o, const SessionOptions& session) {
  Headless worker(session);
  const Race asked = race_of(o, worker.open_model(o.model));
  Raced reference;
  std::vector<Raced> ends;
  const double seconds = worker.run_with_bar(asked, [&](const Event& event) {
    const auto* raced = std::get_if<Raced>(&event);
    if (raced && raced->reference) reference = *raced;
    if (raced && raced->finished && !raced->reference) ends.push_back(*raced);
  });
  std::ranges::sort(ends, {}, &Raced::distance);
  if (o.json) return print_json(json_of(o, reference, ends, seconds));
  print(o, reference, ends, seconds);
}

}  // namespace

void add_race(CLI::App& app, const SessionOptions& session) {
  auto o = std::make_shared<RaceOptions>();
  CLI::App* sub = app.add_subcommand(
      "race", "Compare samplers by how near they come to the exact way, evaluation for evaluation");
  sub->add_option("model", o->model, "Model folder")->type_name("DIR");
  sub->add_option("--samplers", o->samplers,
                  "Names with commas between (default: all without fresh noise that can come to "
                  "so many evaluations)")
      ->delimiter(',')
      ->type_name("NAMES");
  add_number(*sub, "--evaluations", o->evaluations, kRaceEvaluations,
             "Of each for a picture; to 13, 19, 25, 31, ... all samplers can come");
  add_number(*sub, "--count", o->count, kRaceCount, "Pictures");
  add_class_option(*sub, o->label);
  add_number(*sub, "--guidance", o->guidance, kGuidance,
             "w in D_null + w (D_class - D_null); each evaluation then runs the network twice");
  add_number(*sub, "--seed", o->seed, kSeed, "Of the noise");
  sub->add_flag("--json", o->json, "Print JSON");
  sub->callback([o, &session] { race(*o, session); });
}

}  // namespace stepwise
