// stepwise average: the model of a run with an average of its weights of another length.
#include <cstdio>

#include "commands/command.h"
#include "commands/options.h"

namespace stepwise {
namespace {

void average(const AverageRun& command, const SessionOptions& session) {
  Headless worker(session);
  RunAveraged made;
  worker.run(command, keep(made));
  std::printf("made of %d averages, %.2g %% of the wanted profile is missed\nwrote %s\n",
              made.parts, 100 * made.misfit, made.folder.string().c_str());
}

}  // namespace

void add_average(CLI::App& app, const SessionOptions& session) {
  auto command = std::make_shared<AverageRun>();
  CLI::App* sub = app.add_subcommand(
      "average",
      "Make the model that a run would have with another average of its weights, of the two that "
      "it keeps and those at its marks, into its folder");
  sub->add_option("run", command->folder, "The folder of the run")->type_name("DIR")->required();
  add_number(*sub, "--half-life", command->half_life, kHalfLife,
             "Of the average, as a share of the run's steps");
  sub->callback([command, &session] { average(*command, session); });
}

}  // namespace stepwise
