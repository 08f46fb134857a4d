// stepwise train-meter: the network that tells how noisy a picture looks, place by place.
#include <cstdio>

#include "commands/command.h"
#include "commands/options.h"

namespace stepwise {

void add_meter(CLI::App& app, const SessionOptions& session) {
  auto command = std::make_shared<TrainMeter>();
  CLI::App* sub = app.add_subcommand(
      "train-meter", "Train the noise meter that shows where an edit has left the noise level");
  add_data_options(*sub, command->data);
  sub->add_option("--out", command->out,
                  "A new file, NAME.safetensors; by default one where the window looks for it")
      ->type_name("FILE");
  sub->callback([command, &session] {
    MeterTrained done;
    const double seconds = Headless(session).run_with_bar(*command, keep(done));
    std::printf("mean error %.1f %% on test pictures of all levels after %.0f s\nwrote %s\n",
                100 * done.error, seconds, done.file.c_str());
  });
}

}  // namespace stepwise
