// stepwise evaluate: how good a model's pictures are, as figures. And the classifier that tells.
#include <cmath>
#include <cstdio>

#include "commands/command.h"
#include "commands/model_options.h"
#include "commands/print_json.h"
#include "commands/sampling_options.h"

namespace stepwise {
namespace {

struct EvaluateOptions {
  ModelOptions model;
  std::optional<DataSource> data;
  std::filesystem::path classifier;
  int count = 2000;
  SamplingOptions how;
  std::uint64_t seed = 1;
  bool json = false;
};

nlohmann::ordered_json json_of(const DataRecord& data) {
  return {{"name", data.name},   {"place", place_of(data)},   {"identity", data.identity},
          {"train", data.train}, {"test", data.test},         {"height", data.height},
          {"width", data.width}, {"channels", data.channels}, {"classes", data.class_names}};
}

nlohmann::ordered_json json_of(const Evaluated& e) {
  const Evaluation& f = e.figures;
  nlohmann::ordered_json json{{"count", f.count},
                              {"distance", f.distance},
                              {"standard_error", nullptr},
                              {"floor", f.floor},
                              {"excess", f.distance - f.floor},
                              {"noise_equivalent_level", f.noise_equivalent_level},
                              {"agreement", nullptr},
                              {"real_agreement", f.real_agreement},
                              {"nearest", f.nearest},
                              {"real_nearest", f.real_nearest},
                              {"evaluations_per_picture", e.evaluations_per_picture},
                              {"seconds", e.seconds},
                              {"classifier", f.classifier},
                              {"reference", f.reference},
                              {"data", json_of(e.data)}};
  if (std::isfinite(f.agreement)) json["agreement"] = f.agreement;
  if (std::isfinite(f.standard_error)) json["standard_error"] = f.standard_error;
  return json;
}

void print(const Evaluated& e) {
  const Evaluation& f = e.figures;
  std::printf("n                       %d pictures, %d network evaluations each, drawn in %.1f s\n",
              f.count, e.evaluations_per_picture, e.seconds);
  std::printf("measured against        %s in %s\n", words_for(e.data).c_str(),
              place_of(e.data).c_str());
  std::printf("FD                      %.3f (reference: %s pictures, classifier %.12s)\n",
              f.distance, f.reference.c_str(), f.classifier.c_str());
  if (std::isfinite(f.standard_error))
    std::printf("standard error          %.3f (of FD, by leaving out a tenth in turn)\n",
                f.standard_error);
  std::printf("floor                   %.3f (as many real pictures)\n", f.floor);
  std::printf("excess                  %.3f\n", f.distance - f.floor);
  std::printf("noise-equivalent level  %.3f\n", f.noise_equivalent_level);
  if (std::isfinite(f.agreement))
    std::printf("class agreement         %.1f %% (real: %.1f %%)\n", 100 * f.agreement,
                100 * f.real_agreement);
  std::printf("nearest training        %.3f (real: %.3f), root mean square per pixel\n", f.nearest,
              f.real_nearest);
}

void evaluate(const EvaluateOptions& o, const SessionOptions& session) {
  Headless worker(session);
  const ModelOpened model = open_model(worker, o.model).model;
  SampleSettings settings = settings_with(o.how, model.defaults);
  settings.count = o.count;
  settings.seed = o.seed;
  check(settings);
  if (const std::string told = about_first_level(settings, model); !told.empty()) warn(told);
  Evaluated result;
  worker.run_with_bar(Evaluate{model.id, settings, o.data, o.classifier}, keep(result));
  o.json ? print_json(json_of(result)) : print(result);
}

}  // namespace

void add_evaluate(CLI::App& app, const SessionOptions& session) {
  auto o = std::make_shared<EvaluateOptions>();
  CLI::App* sub = app.add_subcommand("evaluate", "Measure how good a model's pictures are");
  add_model_options(*sub, o->model);
  auto data = std::make_shared<DataSource>();
  const std::vector<CLI::Option*> how = add_data_options(*sub, *data);
  CLI::Option* place = how.front();
  place->default_str("")->description(
      "What to measure against; by default the data set that the model was trained on");
  for (std::size_t i = 1; i < how.size(); ++i) how[i]->needs(place);
  sub->add_option("--classifier", o->classifier,
                  "What tells the classes apart, made by stepwise classifier; by default the one "
                  "that was trained on these pictures, of those that came with the program or lie "
                  "in stepwise/classifiers in $XDG_DATA_HOME (~/.local/share)")
      ->type_name("FILE");
  add_number(*sub, "--count", o->count, kCount, "Pictures to draw");
  add_sampling_options(*sub, o->how);
  add_number(*sub, "--seed", o->seed, kSeed, "Of the pictures");
  sub->add_flag("--json", o->json, "Print JSON");
  sub->callback([o, data, place, &session] {
    if (!place->empty()) o->data = *data;
    evaluate(*o, session);
  });
}

void add_classifier(CLI::App& app, const SessionOptions& session) {
  auto command = std::make_shared<TrainClassifier>();
  CLI::App* sub =
      app.add_subcommand("classifier", "Train the classifier that evaluate measures with");
  add_data_options(*sub, command->data);
  sub->add_option("--out", command->out,
                  "A new file, NAME.safetensors; by default one where evaluate looks for it")
      ->type_name("FILE");
  sub->callback([command, &session] {
    ClassifierTrained done;
    const double seconds = Headless(session).run_with_bar(*command, keep(done));
    std::printf("test accuracy %.4f after %.0f s\nwrote %s\n", done.accuracy, seconds,
                done.file.c_str());
  });
}

}  // namespace stepwise
