#include "commands/model_options.h"

#include "commands/options.h"

namespace stepwise {

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

ModelOpened open_model(Headless& worker, const ModelOptions& o) {
  const ModelOpened below = worker.open_model(o.model);
  if (o.is_one()) return below;
  const ModelOpened above = worker.open_model(o.above);
  const std::string name = text_of(above.name, " above ", o.border, ", ", below.name);
  ModelOpened both;
  worker.run(Combine{{above.id, below.id}, Experts{{o.border}}, name}, keep(both));
  return both;
}

}  // namespace stepwise
