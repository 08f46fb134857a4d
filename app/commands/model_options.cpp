#include "commands/model_options.h"

#include "commands/options.h"
#include "formats/weights_sha256.h"

namespace stepwise {
namespace {

RecipeModel of_folder(const ModelOpened& model) {
  return {model.id, model.name, std::filesystem::absolute(model.folder),
          weights_sha256(model.folder)};
}

}  // namespace

void add_model_options(CLI::App& command, ModelOptions& o) {
  command.add_option("--model", o.model, "Model folder")->type_name("DIR");
  CLI::Option* above =
      command
          .add_option("--above", o.above,
                      "Another model for the noise levels above the border: of the same pictures, "
                      "or of the same in small, as --shrink makes them")
          ->type_name("DIR");
  add_number(command, "--border", o.border, kSigma,
             "The noise level at which --model takes over, in units of the data")
      ->needs(above)
      ->type_name("S");
}

ModelInUse open_model(Headless& worker, const ModelOptions& o) {
  const ModelOpened below = worker.open_model(o.model);
  if (o.is_one()) return {below};
  const ModelOpened above = worker.open_model(o.above);
  ModelInUse both{{}, {above, below}, Experts{{o.border}}};
  const std::string name = text_of(above.name, " above ", o.border, ", ", below.name);
  worker.run(Combine{{above.id, below.id}, *both.how, name}, keep(both.model));
  return both;
}

std::vector<RecipeModel> recipe_models(const ModelInUse& used) {
  if (used.parts.empty()) return {of_folder(used.model)};
  std::vector<RecipeModel> models;
  RecipeModel whole{used.model.id, used.model.name, {}, "", {}, used.how};
  for (const ModelOpened& part : used.parts) {
    models.push_back(of_folder(part));
    whole.parts.push_back(part.id);
  }
  models.push_back(whole);
  return models;
}

}  // namespace stepwise
